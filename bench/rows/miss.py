"""Audio nobody asked for before: passed on while the vendor makes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from bench.listeners import Heard, listen
from bench.load import request
from bench.progress import tell
from bench.servers import Street
from bench.statistics import median, ms, percentile
from bench.table import Row, at_most, exactly
from bench.visitor import sign_in

ROUNDS: Final = {1: 3, 50: 1, 200: 3, 500: 1}
"""By the number of listeners. One round is not enough where the slowest in a hundred are judged."""

JUDGED: Final = 200
"""Listeners, at whom the bounds on slowness and on cost are set."""


@dataclass(frozen=True, slots=True)
class Round:
    """The same load on the vendor itself, on the plain pass-through to it, and on Aloud."""

    vendor: Heard
    plain: Heard
    aloud: Heard


async def measure(street: Street) -> list[Row]:
    """Streams of different texts, for several numbers of listeners."""
    ask = sign_in(street.aloud).asks
    await _round(street, ask, 1)  # what is imported late is imported now
    rows: list[Row] = []
    for listeners, rounds in ROUNDS.items():
        tell(f"miss, {listeners} at once")
        rows += _rows(listeners, Rounds([await _round(street, ask, listeners) for _ in range(rounds)]))
    return rows


async def _round(street: Street, ask: Callable[[str], bytes], listeners: int) -> Round:
    return Round(
        await listen(street.vendor, partial(_ask_plainly, "/v1/audio/speech"), listeners),
        await listen(street.plain, partial(_ask_plainly, "/tts"), listeners),
        await listen(street.aloud, ask, listeners),
    )


def _ask_plainly(path: str, text: str) -> bytes:
    body = {"input": text, "model": "tts-1", "voice": "alloy", "response_format": "mp3"}
    return request("POST", path, {}, json.dumps(body).encode())


@dataclass(frozen=True, slots=True)
class Rounds:
    """What several rounds come to: medians over them."""

    rounds: Sequence[Round]

    def added_ms(self, percent: float, through: Callable[[Round], Heard]) -> float:
        """How much later the first byte came ``through`` a server than from the vendor itself."""
        return median(_first_ms(through(one), percent) - _first_ms(one.vendor, percent) for one in self.rounds)

    def cpu_ms(self, through: Callable[[Round], Heard]) -> float:
        """What a stream cost the server."""
        return median(through(one).cpu_ms for one in self.rounds)

    @property
    def cpu_ratio(self) -> float:
        """What a stream costs Aloud, in what it costs to pass it on."""
        return median(one.aloud.cpu_ms / one.plain.cpu_ms for one in self.rounds)

    @property
    def failed(self) -> int:
        """Streams of Aloud's that were not heard to their end."""
        return sum(one.aloud.failed for one in self.rounds)


def _rows(listeners: int, rounds: Rounds) -> list[Row]:
    added, p99 = rounds.added_ms(50, _aloud), rounds.added_ms(99, _aloud)
    plain = f"plain pass-through {rounds.added_ms(50, _plain):+.1f} ms, p99 {rounds.added_ms(99, _plain):+.1f} ms"
    cpu = f"{rounds.cpu_ms(_aloud):.1f} ms against {rounds.cpu_ms(_plain):.1f} ms"
    what = f"miss, {listeners} at once: "
    if listeners > JUDGED:
        notes = f"first byte {added:+.1f} ms, p99 {p99:+.1f} ms ({plain}); CPU {cpu}"
        return [Row(what + "failed", exactly(0, "streams"), rounds.failed, notes)]
    rows = [Row(what + "first byte later by, p50", at_most(5, "ms"), added, f"p99 {p99:+.1f} ms; {plain}")]
    if listeners == JUDGED:
        rows.append(Row(what + "first byte later by, p99", at_most(90, "ms"), p99, plain))
        rows.append(Row(what + "CPU per stream", at_most(1.6, "times plain pass-through"), rounds.cpu_ratio, cpu))
    return rows


def _aloud(one: Round) -> Heard:
    return one.aloud


def _plain(one: Round) -> Heard:
    return one.plain


def _first_ms(heard: Heard, percent: float) -> float:
    return ms(percentile((answer.first_byte_s for answer in heard.answers if answer.ok), percent))
