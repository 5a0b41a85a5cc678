"""A cache with more in it than anybody wants to make by speaking: rows and files of every fate, all of them old."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg

SIZE_BYTES: Final = 100
LOST: Final = 200
"""One in so many of those that stay has no file, and as many files have no row."""

_COLUMNS: Final = (
    "key, provider, voice, model, format, path, duration_s, size_bytes, created_at, expires_at, last_accessed_at, "
    "access_count"
)


@dataclass(frozen=True, slots=True)
class Hoard:
    """``count`` rows, of which half have expired, two in ten were unheard for long, and three in ten are wanted."""

    count: int

    @property
    def expired(self) -> int:
        """How many rows have."""
        return self.count // 2

    @property
    def unheard(self) -> int:
        """How many are too many for ``cap_bytes``."""
        return self.count // 5

    @property
    def cap_bytes(self) -> int:
        """What the wanted ones take."""
        return (self.count - self.expired - self.unheard) * SIZE_BYTES

    @property
    def lost(self) -> int:
        """How many rows have no file; and as many files have no row."""
        return len([number for number in range(self.count) if _is_lost(number)])

    @property
    def kept(self) -> set[str]:
        """The keys of those that are to be there in the end."""
        return {key_of(number) for number in range(self.count) if number % 10 > 6 and not _is_lost(number)}

    def write_rows(self, url: str) -> None:
        """Insert the rows into the database at ``url``, as DATABASE_URL has it."""
        values = _rows(self.count, datetime.now(UTC))
        path = url.removeprefix("sqlite:///")
        if path != url:
            marks = ",".join("?" * 12)
            with closing(sqlite3.connect(path)) as database, database:
                database.executemany(f"INSERT INTO voice_ttscache ({_COLUMNS}) VALUES ({marks})", _texts(values))  # noqa: S608  # our own columns
            return
        with psycopg.connect(url) as server, server.cursor().copy(f"COPY voice_ttscache ({_COLUMNS}) FROM STDIN") as to:
            for row in values:
                to.write_row(row)

    def write_files(self, write: Callable[[str, bytes], None]) -> None:
        """Have every file written that there is."""
        for number in range(self.count):
            name = f"{key_of(-number)}.mp3" if _is_lost(number) else f"{key_of(number)}.mp3"
            write(f"tts-cache/{name}", bytes(SIZE_BYTES))


def on_disk(folder: Path) -> Callable[[str, bytes], None]:
    """Writes files that look an hour old below ``folder``."""
    (folder / "tts-cache").mkdir(parents=True, exist_ok=True)
    an_hour_ago = datetime.now(UTC).timestamp() - 3600

    def write(path: str, data: bytes) -> None:
        (folder / path).write_bytes(data)
        os.utime(folder / path, (an_hour_ago, an_hour_ago))

    return write


def key_of(number: int) -> str:
    """The key of a row; below zero, that of a file without one."""
    return hashlib.sha256(str(number).encode()).hexdigest()


def _is_lost(number: int) -> bool:
    return number % 10 == 9 and number // 10 % (LOST // 10) == 0


def _rows(count: int, now: datetime) -> Iterator[tuple[Any, ...]]:
    for number in range(count):
        key, fate = key_of(number), number % 10
        made_at = now - timedelta(hours=2)
        expires_at = now - timedelta(hours=1) if fate < 5 else now + timedelta(days=1)
        heard_at = now - timedelta(minutes=90 if fate < 7 else 30, milliseconds=number)
        path = f"tts-cache/{key}.mp3"
        yield key, "local", "heart", "", "mp3", path, 1.0, SIZE_BYTES, made_at, expires_at, heard_at, 1


def _texts(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """As SQLite has them: moments as Django writes them."""
    for row in rows:
        yield tuple(f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value for value in row)
