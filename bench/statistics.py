"""Few numbers for many."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import median

__all__ = ["median", "ms", "percentile"]


def percentile(values: Iterable[float], percent: float) -> float:
    """The smallest of ``values`` that ``percent`` in a hundred of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]


def ms(seconds: float) -> float:
    """Seconds as milliseconds."""
    return seconds * 1000
