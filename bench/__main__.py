"""``python -m bench [NAME…]``: measure everything, or what is named, and print one table."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import uvloop

from bench.machine import CLIENT_CORE, Neighbours, description, on_core
from bench.progress import tell
from bench.rows import hit, joined, memory, miss, prune, signed_get, sockets, voice
from bench.servers import Street, street
from bench.table import Row, markdown

MEASUREMENTS: Final[Mapping[str, Callable[[Street], Awaitable[list[Row]]]]] = {
    "get": signed_get.measure,
    "hit": hit.measure,
    "miss": miss.measure,
    "joined": joined.measure,
    "memory": memory.measure,
    "prune": prune.measure,
    "sockets": sockets.measure,
    "voice": voice.measure,
}


async def measure(names: list[str]) -> list[Row]:
    """The rows of these measurements, one after the other."""
    rows: list[Row] = []
    tell("starting the servers")
    with street() as servers:
        for name in names:
            tell(name)
            neighbours = Neighbours()
            rows += await MEASUREMENTS[name](servers)
            tell(f"{name} is done; other programs had {neighbours.share():.0%} of the machine meanwhile")
    return rows


def main() -> None:
    """Print the machine and the table; what is unknown stops it."""
    names = sys.argv[1:] or list(MEASUREMENTS)
    if unknown := set(names) - set(MEASUREMENTS):
        sys.exit(f"There is no measurement {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}.")
    with on_core(CLIENT_CORE), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rows = runner.run(measure(names))
    print(description(), end="\n\n")
    print(markdown(rows))


if __name__ == "__main__":
    main()
