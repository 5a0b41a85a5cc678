"""What the process grows by: for many open streams, and for one long text."""

from __future__ import annotations

import asyncio
import json
from typing import Final

from bench.listeners import listen
from bench.load import Connection, request
from bench.progress import tell
from bench.servers import Server, Street, aloud, aloud_asking
from bench.table import Row, at_most
from bench.visitor import sign_in

MIB: Final = 2**20
LISTENERS: Final = 500
WARMING: Final = 20
LONG_TEXT: Final = ("and then the rain went on over the hills " * 200)[:5000]


async def measure(street: Street) -> list[Row]:
    """Each on a server that has done nothing else."""
    tell(f"memory, {LISTENERS} streams")
    with aloud_asking(street.vendor, TTS_HOT_BYTES="0") as server:  # what was heard before has a room of its own
        streams = await _many_streams(server, street.vendor)
    tell(f"memory, {len(LONG_TEXT):,} characters")
    with aloud(TTS_PROVIDER="local") as server:
        return [streams, await _long_text(server)]


async def _many_streams(server: Server, vendor: Server) -> Row:
    ask = sign_in(server).asks
    await listen(server, ask, WARMING)
    idle_bytes = server.resident_bytes()
    listening = asyncio.create_task(listen(server, ask, LISTENERS))
    seen: list[tuple[int, int]] = []
    while not listening.done():
        seen.append((await _open(vendor), server.resident_bytes()))
        await asyncio.sleep(0.1)
    most_open, then_bytes = max(seen)
    each_kib = (then_bytes - idle_bytes) / most_open / 1024
    notes = f"{most_open} open; {idle_bytes / MIB:.0f} MiB before, {then_bytes / MIB:.0f} MiB then"
    return Row("memory per open stream", at_most(60, "KiB"), each_kib, notes)


async def _long_text(server: Server) -> Row:
    ask = sign_in(server).asks
    connection = await Connection.to(server.port)
    await connection.ask(ask("A short sentence first."))
    idle_bytes = server.resident_bytes()
    server.forget_peak()
    answer = await connection.ask(ask(LONG_TEXT))
    connection.close()
    if not answer.ok:
        raise RuntimeError(f"{len(LONG_TEXT)} characters were answered with {answer.status}")
    above_mib = (server.peak_bytes() - idle_bytes) / MIB
    what = f"{len(LONG_TEXT):,} characters without punctuation: peak memory above idle"
    notes = f"idle {idle_bytes / MIB:.0f} MiB; spoken in {answer.whole_s:.1f} s, {len(answer.body):,} bytes"
    return Row(what, at_most(300, "MiB"), above_mib, notes)


async def _open(vendor: Server) -> int:
    connection = await Connection.to(vendor.port)
    facts = json.loads((await connection.ask(request("GET", "/", {}))).body)
    connection.close()
    return int(facts["open"])
