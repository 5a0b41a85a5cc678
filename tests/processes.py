"""Programs a test starts: each in a process group of its own, so that all of it can be ended; and waiting for them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, Self, TypeVar

import psutil

POLL_S = 0.02
T = TypeVar("T")


class ProcessGroup:
    """A command and whatever it starts, until ``with`` ends; ``pass_fds`` stay open in it, ``log`` takes its output."""

    def __init__(
        self, command: Sequence[str], *, env: Mapping[str, str], log: Path, pass_fds: Sequence[int] = ()
    ) -> None:
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command, env=env, stdout=output, stderr=output, pass_fds=pass_fds, start_new_session=True
            )

    @property
    def pid(self) -> int:
        """The process id of the command, which is also the id of its group."""
        return self._process.pid

    def running(self) -> bool:
        """Whether the command itself is still there."""
        return self._process.poll() is None

    def stop(self, timeout_s: float = 5) -> None:
        """Ask the whole group to end, and kill what has not ended after ``timeout_s``."""
        self._signal(signal.SIGTERM)
        with suppress(TimeoutError):
            wait_until(self._ended, timeout_s, f"the end of process group {self.pid}")
        self.kill()

    def kill(self) -> None:
        """End the whole group at once, as ``kill -9`` does, and wait until it is gone."""
        self._signal(signal.SIGKILL)
        wait_until(self._ended, 10, f"the end of process group {self.pid}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def _ended(self) -> bool:
        return not self.running() and not any(_alive_in_group(self.pid))


def _alive_in_group(group: int) -> Iterator[psutil.Process]:
    """Its processes. A zombie is dead: who inherits orphans (a container's first process) may never reap it."""
    for process in psutil.process_iter(["status"]):
        with suppress(ProcessLookupError):
            if os.getpgid(process.pid) == group and process.info["status"] != psutil.STATUS_ZOMBIE:
                yield process


def free_port() -> int:
    """A TCP port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(check: Callable[[], T | Literal[False] | None], timeout_s: float, what: str) -> T:
    """Ask ``check`` again and again; its first true answer.

    Raises:
        TimeoutError: it had none within ``timeout_s``; ``what`` names the thing waited for.
    """
    deadline = time.monotonic() + timeout_s
    while not (answer := check()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {timeout_s:g} s in vain for {what}")
        time.sleep(POLL_S)
    return answer
