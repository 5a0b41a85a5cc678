"""Pruning 100,000 rows, while others read and write the same database."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.machine import SERVER_CORE, on_core
from bench.progress import tell
from bench.servers import Street
from bench.statistics import median, ms, percentile
from bench.table import Row, at_most
from tests.hoard import Hoard, key_of, on_disk
from tests.processes import ProcessGroup
from tests.server import ROOT, AloudServer

ROWS: Final = 100_000
FEW: Final = 1_000
EVERY_S: Final = 0.002

READ: Final = "SELECT * FROM voice_ttscache WHERE key = ?"
WRITE: Final = "UPDATE voice_ttscache SET access_count = access_count + 1 WHERE key = ?"
"""What a look-up and a hit ask for, each on a connection of its own."""


@dataclass(slots=True)
class Pruned:
    """One run: how long it took, the most memory it had, and how long others waited meanwhile."""

    took_s: float = 0.0
    peak_mib: float = 0.0
    reads_s: list[float] = field(default_factory=list)
    writes_s: list[float] = field(default_factory=list)


async def measure(_street: Street) -> list[Row]:
    """A few rows first, for what the program takes by itself."""
    few, many = [await asyncio.to_thread(_pruned, count) for count in (FEW, ROWS)]
    what = f"prune_tts_cache over {ROWS:,} rows and files"
    notes = f"{Hoard(ROWS).expired + Hoard(ROWS).unheard:,} of them go; starting the program takes {few.took_s:.1f} s"
    return [
        Row(what, at_most(60, "s"), many.took_s, notes),
        Row("the same: the longest a reader waited", at_most(100, "ms"), ms(max(many.reads_s)), _waits(many.reads_s)),
        Row("the same: the longest a writer waited", at_most(100, "ms"), ms(max(many.writes_s)), _waits(many.writes_s)),
        Row(
            f"the same: peak memory above that over {FEW:,} rows",
            at_most(32, "MiB"),
            many.peak_mib - few.peak_mib,
            f"{few.peak_mib:.0f} MiB there, {many.peak_mib:.0f} MiB here",
        ),
    ]


def _pruned(count: int) -> Pruned:
    with tempfile.TemporaryDirectory(prefix="aloud-bench-") as folder:
        house = AloudServer(Path(folder))
        house.manage("migrate", "--verbosity=0")
        tell(f"prune, filling {count:,} rows")
        hoard = Hoard(count)
        hoard.write_rows(house.env["DATABASE_URL"])
        hoard.write_files(on_disk(house.cache))
        tell(f"prune, {count:,} rows")
        return _watched(house, hoard)


def _watched(house: AloudServer, hoard: Hoard) -> Pruned:
    """Prune, and look the others over the shoulder until it has ended."""
    pruned, began_s = Pruned(), time.perf_counter()
    command = [sys.executable, "manage.py", "prune_tts_cache", f"--max-bytes={hoard.cap_bytes}"]
    with on_core(SERVER_CORE):
        run = ProcessGroup(["env", f"--chdir={ROOT}", *command], env=house.env, log=house.folder / "log")
    with run, closing(_connect(house)) as reader, closing(_connect(house)) as writer:
        number = 0
        while run.running():
            key = key_of(number % hoard.count)
            pruned.reads_s.append(_timed(lambda: reader.execute(READ, [key]).fetchall()))  # noqa: B023  # called at once
            pruned.writes_s.append(_timed(lambda: writer.execute(WRITE, [key])))  # noqa: B023
            pruned.peak_mib = max(pruned.peak_mib, _own_mib(run.pid))
            number += 1
            time.sleep(EVERY_S)
        pruned.took_s = time.perf_counter() - began_s
    told = run.log.read_text()
    if not told.startswith("Let go"):
        raise RuntimeError(told)
    return pruned


def _connect(house: AloudServer) -> sqlite3.Connection:
    """As the application does, with every statement on its own."""
    connection = sqlite3.connect(house.database, timeout=20, isolation_level=None)
    connection.execute("PRAGMA synchronous=NORMAL")
    return connection


def _timed(work: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    work()
    return time.perf_counter() - began_s


def _own_mib(pid: int) -> float:
    """Its memory, without the pages of files it maps, which are the kernel's; 0 when it is just ending."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    _, _, own = status.partition("RssAnon:")
    return int(own.split()[0]) / 1024 if own else 0.0


def _waits(times_s: list[float]) -> str:
    return f"{len(times_s):,} times; p50 {ms(median(times_s)):.2f} ms, p99 {ms(percentile(times_s, 99)):.1f} ms"
