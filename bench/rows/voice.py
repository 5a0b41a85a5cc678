"""The embedded voice, warm, on one core."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Final, TypeAlias

from bench.machine import SERVER_CORE, on_core
from bench.servers import Street
from bench.statistics import median, ms, percentile
from bench.table import Row, at_most

Pair: TypeAlias = dict[str, dict[str, float]]
"""What ``bench.embedded`` prints of one sentence."""

WHAT: Final = "embedded voice, warm, 5 words: "


async def measure(_street: Street) -> list[Row]:
    """The provider against the engine called directly."""
    with on_core(SERVER_CORE):
        command = (sys.executable, "-m", "bench.embedded")
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    pairs: list[Pair] = json.loads(printed)
    firsts = [ms(pair["provider"]["first_s"]) for pair in pairs]
    cpu_ms = _median(pairs, lambda pair: ms(pair["provider"]["cpu_s"]))
    engine_ms = _median(pairs, lambda pair: ms(pair["engine"]["cpu_s"]))
    return [
        Row(WHAT + "first audio", at_most(100, "ms"), median(firsts), f"p95 {percentile(firsts, 95):.0f} ms"),
        Row(
            WHAT + "real-time factor",
            at_most(0.03, ""),
            _median(pairs, _real_time_factor("provider")),
            f"the engine called directly {_median(pairs, _real_time_factor('engine')):.3f}",
        ),
        Row(
            WHAT + "CPU",
            at_most(1.15, "times the engine"),
            _median(pairs, lambda pair: pair["provider"]["cpu_s"] / pair["engine"]["cpu_s"]),
            f"{cpu_ms:.0f} ms against {engine_ms:.0f} ms",
        ),
    ]


def _real_time_factor(of: str) -> Callable[[Pair], float]:
    return lambda pair: pair[of]["whole_s"] / pair[of]["sounds_s"]


def _median(pairs: list[Pair], fact: Callable[[Pair], float]) -> float:
    return median(map(fact, pairs))
