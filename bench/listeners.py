"""Many listeners to streams that are made while they listen."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bench.load import Answer, Connection
from bench.servers import Server
from bench.vendor import STREAM_S

STREAMS_EACH: Final = 2

_numbers: Final = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Heard:
    """What all of them got, and what a stream cost the server."""

    answers: list[Answer]
    cpu_ms: float

    @property
    def failed(self) -> int:
        """How many were not heard to their end."""
        return sum(not answer.ok for answer in self.answers)


async def listen(server: Server, ask: Callable[[str], bytes], listeners: int) -> Heard:
    """``listeners`` at once, each hearing a text of its own and then another.

    They begin evenly spread over the length of a stream, as people do; when the last begins, all are listening.
    """
    connections = [await Connection.to(server.port) for _ in range(listeners)]
    cpu_s = server.cpu_s()
    heard = await asyncio.gather(
        *(_listen(connection, ask, STREAM_S * at / listeners) for at, connection in enumerate(connections))
    )
    cpu_s = server.cpu_s() - cpu_s
    for connection in connections:
        connection.close()
    answers = list(itertools.chain.from_iterable(heard))
    return Heard(answers, cpu_s / len(answers) * 1000)


def texts() -> Iterator[str]:
    """Never the same twice."""
    return (f"Listener number {number} hears a sentence nobody has heard before." for number in _numbers)


async def _listen(connection: Connection, ask: Callable[[str], bytes], delay_s: float) -> list[Answer]:
    await asyncio.sleep(delay_s)
    return [await connection.ask(ask(next(texts()))) for _ in range(STREAMS_EACH)]
