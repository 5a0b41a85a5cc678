"""A PostgreSQL of the tests' own, in memory as far as it can be, with a fresh database for whoever asks."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Self

import psycopg
from psycopg import sql

from tests.processes import ProcessGroup, free_port, wait_until

DEBIAN: Final = Path("/usr/lib/postgresql")
START_TIMEOUT_S: Final = 30
CARELESS: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""What it need not take care of: nobody wants its data after a crash of the machine."""


class PostgresServer:
    """``with PostgresServer() as postgres`` listens on a free port of the loopback, and trusts whoever comes."""

    def __init__(self) -> None:
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="aloud-postgres-"))
        self._group: ProcessGroup | None = None

    def url(self, database: str = "postgres") -> str:
        """The address of a database, as DATABASE_URL has it."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new, empty database, which is gone afterwards."""
        name = f"aloud_{uuid.uuid4().hex}"
        self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield self.url(name)
        finally:
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def __enter__(self) -> Self:
        data, log = self._folder / "data", self._folder / "log"
        _hand_over(self._folder)
        making = ["initdb", f"--pgdata={data}", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        subprocess.run(_as_its_user(making), check=True, capture_output=True, cwd=self._folder)
        options = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", **CARELESS}
        serving = ["postgres", "-D", str(data), *(f"--{name}={value}" for name, value in options.items())]
        self._group = ProcessGroup(_as_its_user(serving), env={}, log=log)
        wait_until(self._answers, START_TIMEOUT_S, self.url())
        return self

    def __exit__(self, *_: object) -> None:
        if self._group:
            self._group.stop()
        shutil.rmtree(self._folder)

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            self._execute(sql.SQL("SELECT 1"))
            return True
        return False

    def _execute(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)


def _as_its_user(command: Sequence[str]) -> list[str]:
    """The newest PostgreSQL's ``command``; as the user Debian made for it where we are root, whom it refuses."""
    program = max(DEBIAN.glob(f"*/bin/{command[0]}"), key=lambda path: int(path.parent.parent.name))
    become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    return [*become, str(program), *command[1:]]


def _hand_over(folder: Path) -> None:
    """Give ``folder`` to the user the server runs as."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
