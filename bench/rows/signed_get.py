"""Signed audio, fetched as fast as it goes."""

from __future__ import annotations

from bench.load import request
from bench.pace import compare, one_after_another
from bench.servers import Street
from bench.table import Row, at_least
from bench.visitor import sign_in, signed_address


async def measure(street: Street) -> list[Row]:
    """``GET`` against as many bytes from memory."""
    address = await signed_address(street.aloud, sign_in(street.aloud), "A sentence of thirty kilobytes.")
    asked = request("GET", address, {})
    (answer,) = await one_after_another(street.aloud, asked, 1)
    compared = await compare(street.aloud, asked, street.plain, request("GET", f"/{len(answer.body)}", {}))
    what = f"GET signed audio, {len(answer.body):,} bytes: requests/s"
    return [Row(what, at_least(50, "% of plain ASGI"), compared.ratio * 100, compared.notes)]
