"""How many equal requests a server answers when it is asked as fast as it can."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Final

from bench.load import Answer, Connection
from bench.servers import Server
from bench.statistics import median

CONNECTIONS: Final = 16
SECONDS: Final = 2.0
ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """Of one server in one round. ``busy`` is the share of a core it used: near 1, the client was fast enough."""

    per_s: float
    cpu_us: float
    busy: float


@dataclass(frozen=True, slots=True)
class Compared:
    """A server beside its reference: medians over the rounds."""

    ratio: float
    ours: Pace
    reference: Pace

    @property
    def notes(self) -> str:
        """What the ratio is made of."""
        return (
            f"{self.ours.per_s:,.0f}/s at {self.ours.cpu_us:,.0f} µs against {self.reference.per_s:,.0f}/s at "
            f"{self.reference.cpu_us:,.0f} µs (the servers {self.ours.busy:.0%} and {self.reference.busy:.0%} busy)"
        )


async def compare(ours: Server, asked: bytes, reference: Server, asked_there: bytes) -> Compared:
    """Both by turns, so that a machine that slows down slows both."""
    rounds = [(await pace(ours, asked), await pace(reference, asked_there)) for _ in range(ROUNDS)]
    ratio = median(one.per_s / other.per_s for one, other in rounds)
    return Compared(ratio, _median([one for one, _ in rounds]), _median([other for _, other in rounds]))


async def pace(server: Server, asked: bytes) -> Pace:
    """One round."""
    connections = [await Connection.to(server.port) for _ in range(CONNECTIONS)]
    await asyncio.gather(*(connection.ask(asked) for connection in connections))
    began_s, cpu_s = time.perf_counter(), server.cpu_s()
    counts = await asyncio.gather(*(_ask_until(connection, asked, began_s + SECONDS) for connection in connections))
    took_s, cpu_s = time.perf_counter() - began_s, server.cpu_s() - cpu_s
    for connection in connections:
        connection.close()
    return Pace(sum(counts) / took_s, cpu_s / sum(counts) * 1e6, cpu_s / took_s)


async def one_after_another(server: Server, asked: bytes, times: int) -> list[Answer]:
    """The answers to a client that is alone."""
    connection = await Connection.to(server.port)
    answers = [await connection.ask(asked) for _ in range(times)]
    connection.close()
    return answers


async def _ask_until(connection: Connection, asked: bytes, end_s: float) -> int:
    count = 0
    while time.perf_counter() < end_s:
        answer = await connection.ask(asked)
        if not answer.ok:
            raise RuntimeError(f"answered {answer.status} after {count} that were right")
        count += 1
    return count


def _median(paces: list[Pace]) -> Pace:
    return Pace(*(median(getattr(one, name) for one in paces) for name in ("per_s", "cpu_us", "busy")))
