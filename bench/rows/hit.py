"""Audio that is asked for by its text and lies in the cache."""

from __future__ import annotations

import time
from typing import Final

from bench.load import Connection, request
from bench.pace import compare, one_after_another
from bench.servers import Street
from bench.statistics import median, ms, percentile
from bench.table import Row, at_least, at_most
from bench.visitor import sign_in, signed_address

ALONE: Final = 500
FRESH: Final = 100


async def measure(street: Street) -> list[Row]:
    """``POST /tts`` with a session: as fast as it goes, and for one client alone."""
    visitor, text = sign_in(street.aloud), "Another sentence of thirty kilobytes."
    await signed_address(street.aloud, visitor, text)
    asked = visitor.asks(text)
    alone = await one_after_another(street.aloud, asked, ALONE)
    size = len(alone[0].body)
    compared = await compare(street.aloud, asked, street.plain, request("GET", f"/{size}", {}))
    times = [ms(answer.whole_s) for answer in alone]
    fresh = [await _with_connecting(street, asked) for _ in range(FRESH)]
    return [
        Row(
            f"POST /tts, hit, session, {size:,} bytes: requests/s",
            at_least(14, "% of plain ASGI"),
            compared.ratio * 100,
            compared.notes,
        ),
        Row("the same for one client: p50", at_most(2, "ms"), median(times), f"p99 {percentile(times, 99):.1f} ms"),
        Row(
            "the same on a new connection: p99",
            at_most(10, "ms"),
            percentile(fresh, 99),
            f"p50 {median(fresh):.1f} ms, from connecting to the last byte",
        ),
    ]


async def _with_connecting(street: Street, asked: bytes) -> float:
    began_s = time.perf_counter()
    connection = await Connection.to(street.aloud.port)
    await connection.ask(asked)
    connection.close()
    return ms(time.perf_counter() - began_s)
