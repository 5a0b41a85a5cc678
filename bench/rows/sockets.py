"""How long it takes until every open tab knows that a reply can be heard."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from bench.load import Answer, Connection, request
from bench.progress import tell
from bench.servers import Server, Street, aloud_asking
from bench.statistics import median, ms, percentile
from bench.table import Row, at_most
from bench.visitor import Visitor, sign_in

SOCKETS: Final = 500
ROUNDS: Final = 20
TEXT: Final = "say What was said before is ready at once."


async def measure(street: Street) -> list[Row]:
    """Replies that were spoken before, so that nothing is measured but the way to the tabs, and the reply itself."""
    with aloud_asking(street.vendor) as server:
        visitor = sign_in(server)
        async with AsyncExitStack() as open_tabs:
            tell(f"opening {SOCKETS} sockets")
            tabs = [await open_tabs.enter_async_context(_tab(server, visitor)) for _ in range(SOCKETS)]
            for tab in tabs:
                await _caught_up(tab)
            open_bytes = server.resident_bytes()
            say = await _in_a_conversation(server, visitor)
            await _round(server, say, tabs)
            idle_cpu_s = server.cpu_s()
            rounds = [await _round(server, say, tabs) for _ in range(ROUNDS)]
            cpu_ms = ms((server.cpu_s() - idle_cpu_s) / ROUNDS)
    heard = [seconds for _, told in rounds for seconds in told]
    replies_ms = ms(median(answer.whole_s for answer, _ in rounds))
    first_ms = ms(median(min(told) for _, told in rounds))
    notes = (
        f"p50 {ms(percentile(heard, 50)):.0f} ms, from sending the message; the reply {replies_ms:.0f} ms, "
        f"the first socket {first_ms:.0f} ms; CPU {cpu_ms:.0f} ms in all; "
        f"{open_bytes / 2**20:.0f} MiB with all of them open"
    )
    return [Row(f"audio-ready to {SOCKETS} sockets: p99", at_most(100, "ms"), ms(percentile(heard, 99)), notes)]


async def _round(server: Server, say: bytes, tabs: list[ClientConnection]) -> tuple[Answer, list[float]]:
    """A reply, and when each tab heard that it is ready: seconds since it was asked for."""
    hearing = [asyncio.create_task(_ready_at(tab)) for tab in tabs]
    connection = await Connection.to(server.port)
    asked_at = time.perf_counter()
    answer = await connection.ask(say)
    connection.close()
    return answer, [at - asked_at for at in await asyncio.gather(*hearing)]


def _tab(server: Server, visitor: Visitor) -> connect:
    return connect(
        f"{server.url.replace('http', 'ws', 1)}/ws/notifications",
        origin=Origin(server.url),
        additional_headers=_headers(visitor),
        compression=None,
        ping_interval=None,
    )


async def _in_a_conversation(server: Server, visitor: Visitor) -> bytes:
    """What says ``TEXT`` in a new conversation, as the wire has it."""
    headers = {**_headers(visitor), "X-CSRFToken": visitor.cookies["csrftoken"], "Accept": "application/json"}
    connection = await Connection.to(server.port)
    call = json.loads((await connection.ask(request("POST", "/calls", headers, b"{}"))).body)
    connection.close()
    return request("POST", call["messages_url"], headers, json.dumps({"text": TEXT}).encode())


def _headers(visitor: Visitor) -> Mapping[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())}


async def _caught_up(tab: ClientConnection) -> None:
    await tab.send(json.dumps({"type": "since"}))
    while (await _told(tab))["type"] != "caught-up":
        pass


async def _ready_at(tab: ClientConnection) -> float:
    while (await _told(tab))["type"] != "audio-ready":
        pass
    return time.perf_counter()


async def _told(tab: ClientConnection) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(await tab.recv())
    return told
