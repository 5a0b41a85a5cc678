"""A Redis of a test's own, which it can stop and start again."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import Final, Self

from redis import Redis
from redis.exceptions import RedisError

from tests.processes import ProcessGroup, free_port, wait_until

START_TIMEOUT_S: Final = 10


class RedisServer:
    """``with RedisServer(folder) as redis`` answers at ``redis.url``. It starts empty: nothing is written to disk."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._group: ProcessGroup | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", str(self._folder)]
        self._group = ProcessGroup(["redis-server", *options], env={}, log=self._folder / "redis.log")
        wait_until(self._answers, START_TIMEOUT_S, self.url)

    def stop(self) -> None:
        """End it, with all it held."""
        if self._group:
            self._group.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _answers(self) -> bool:
        with closing(Redis(port=self.port)) as client, suppress(RedisError):
            return bool(client.ping())
        return False
