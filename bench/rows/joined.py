"""The same text asked for by many at the same moment."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Final

from bench.listeners import texts
from bench.load import Answer, Connection, request
from bench.servers import Server, Street
from bench.statistics import median, ms, percentile
from bench.table import Row, at_most, exactly
from bench.visitor import sign_in

CROWD: Final = 200
ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Crowd:
    """What came of one text, and how often the vendor was asked for it."""

    answers: list[Answer]
    calls: int

    @property
    def differing(self) -> int:
        """How many did not get what most got, whole."""
        bodies = [answer.body if answer.ok else None for answer in self.answers]
        return len(bodies) - bodies.count(max(bodies, key=bodies.count))

    def first_ms(self, percent: float) -> float:
        """When the first byte came."""
        return ms(percentile((answer.first_byte_s for answer in self.answers), percent))


async def measure(street: Street) -> list[Row]:
    """A single one and a crowd, by turns."""
    ask = sign_in(street.aloud).asks
    await _ask_at_once(street, ask(next(texts())), 1)
    rounds = [
        (await _ask_at_once(street, ask(next(texts())), 1), await _ask_at_once(street, ask(next(texts())), CROWD))
        for _ in range(ROUNDS)
    ]
    later_ms = median(crowd.first_ms(99) - single.first_ms(50) for single, crowd in rounds)
    single_ms, crowd_ms = (median(one.first_ms(50) for one in kind) for kind in zip(*rounds, strict=True))
    what = f"{CROWD} identical requests at once: "
    return [
        Row(what + "vendor calls", exactly(1, "call"), max(crowd.calls for _, crowd in rounds)),
        Row(what + "bodies that differ", exactly(0, "bodies"), max(crowd.differing for _, crowd in rounds)),
        Row(
            what + "first byte p99, later than a single one's by",
            at_most(10, "ms"),
            later_ms,
            f"single {single_ms:.0f} ms, crowd p50 {crowd_ms:.0f} ms",
        ),
    ]


async def _ask_at_once(street: Street, asked: bytes, times: int) -> Crowd:
    connections = [await Connection.to(street.aloud.port) for _ in range(times)]
    calls = await _calls(street.vendor)
    answers = await asyncio.gather(*(connection.ask(asked) for connection in connections))
    for connection in connections:
        connection.close()
    return Crowd(answers, await _calls(street.vendor) - calls)


async def _calls(vendor: Server) -> int:
    connection = await Connection.to(vendor.port)
    facts = json.loads((await connection.ask(request("GET", "/", {}))).body)
    connection.close()
    return int(facts["calls"])
