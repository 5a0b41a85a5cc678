"""A database seen from outside the application."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg


@dataclass(frozen=True, slots=True)
class Database:
    """The SQLite file or the PostgreSQL database at ``url``, as DATABASE_URL has it."""

    url: str

    def execute(self, statement: str) -> None:
        """Change something."""
        with closing(self._connect()) as connection:
            connection.execute(statement)

    def one(self, statement: str) -> int:
        """The one number that ``statement`` asks for."""
        with closing(self._connect()) as connection:
            return int(connection.execute(statement).fetchone()[0])

    def _connect(self) -> Any:
        if self.url.startswith("sqlite:///"):
            return sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20, isolation_level=None)
        return psycopg.connect(self.url, autocommit=True)
