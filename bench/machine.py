"""The machine: what it is, which core does what, and how much of it others took."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

import psutil

_CORES: Final = sorted(os.sched_getaffinity(0))
SERVER_CORE: Final = _CORES[0]
CLIENT_CORE: Final = _CORES[-1]
"""The load and the fake vendor. With a single core it is the server's, and every figure is worse."""


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Run here on ``core`` alone; processes started inside stay there."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def description() -> str:
    """What the figures below hold for."""
    cpus = [line.partition(":")[2] for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line]
    memory_gib = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("uvicorn", "uvloop", "httptools", "aiohttp", "Django"))
    return (
        f"{len(_CORES)} cores of {cpus[0].strip() if cpus else platform.machine()}, {memory_gib:.0f} GiB, Linux "
        f"{platform.release().split('-')[0]}, Python {platform.python_version()}, {packages}.\n"
        f"The server has core {SERVER_CORE} to itself, the load and the fake vendor core {CLIENT_CORE}."
    )


class Neighbours:
    """The share of this machine's time that went to programs other than ours, since this was made."""

    def __init__(self) -> None:
        self._busy_s, self._all_s = _spent()
        self._ours_s = _ours()

    def share(self, started: float = 0.0) -> float:
        """0 to 1; ``started`` are seconds of CPU of children that have ended meanwhile."""
        busy_s, all_s = _spent()
        others_s = (busy_s - self._busy_s) - (_ours() - self._ours_s) - started
        return max(others_s, 0.0) / max(all_s - self._all_s, 1e-9)


def _spent() -> tuple[float, float]:
    times = psutil.cpu_times()
    all_s = sum(times)
    return all_s - times.idle - times.iowait, all_s


def _ours() -> float:
    """Seconds of CPU of this process, its children, and its children that have ended."""
    here = psutil.Process()
    running = [here, *here.children(recursive=True)]
    own = here.cpu_times()
    return own.children_user + own.children_system + sum(sum(one.cpu_times()[:2]) for one in running)
