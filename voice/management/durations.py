"""Times as people write them on a command line."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from datetime import timedelta
from typing import Final

_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_WRITTEN: Final = re.compile(r"(\d{1,9})([smhdw]?)", re.ASCII)


def duration(written: str) -> timedelta:
    """``90`` and ``90s`` are seconds, ``15m`` minutes, ``12h`` hours, ``30d`` days, ``2w`` weeks.

    Raises:
        ArgumentTypeError: it is none of these.
    """
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise ArgumentTypeError(f"a time like 45m, 12h, 30d or 2w, not {written!r}")
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])
