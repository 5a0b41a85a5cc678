"""What the server does before its first request and after its last (the ASGI lifespan protocol)."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

import structlog

from accounts import redis
from accounts.key_uses import key_uses
from accounts.leases import keep_leases
from accounts.quota import settlements
from accounts.usage import usages
from accounts.write_behind import WriteBehind
from voice.cache.references import references
from voice.cache.touches import touches
from voice.calls import resuming
from voice.calls.pregeneration import pregeneration
from voice.domain.errors import ProviderError
from voice.providers.provider import Provider
from voice.providers.registry import chain
from voice.speech import ledger
from voice.speech.inflight import in_flight
from voice.speech.probing import probes

Message = dict[str, Any]

SETTLE_S: Final = 10.0
"""How long what is being made may still take when the server stops."""

BOOKS: Final[tuple[WriteBehind[Any, Any], ...]] = (settlements, usages, key_uses, touches, references, ledger.calls)
"""What is written behind, and is not to be lost when the server stops."""

log = structlog.get_logger(__name__)


async def lifespan(receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]) -> None:
    """Start, wait, stop."""
    await receive()
    tasks = [asyncio.create_task(work) for work in _companions()]
    await send({"type": "lifespan.startup.complete"})
    await receive()
    for task in tasks:
        task.cancel()
    await pregeneration.settle(0)  # the next process finds what comes of it in the cache
    await in_flight.settle(SETTLE_S)
    await probes.close()
    for book in BOOKS:
        await book.flush()
    await redis.close()
    for provider in chain():
        await provider.close()
    await send({"type": "lifespan.shutdown.complete"})


def _companions() -> list[Coroutine[Any, Any, None]]:
    """What goes on beside the requests, for as long as the process serves."""
    return [_warm_up(), keep_leases(), resuming.keep_leases(), resuming.finish_what_was_left()]


async def _warm_up() -> None:
    """Load the voices while the first visitor still reads the page."""
    for provider in chain():
        reason = provider.unavailable_because() or await _warmed(provider)
        if reason is not None:
            log.warning("provider_unavailable", provider=provider.name, reason=reason)
    _settle_memory()


async def _warmed(provider: Provider) -> str | None:
    """Load what ``provider`` needs; why it cannot be, if so: the others are to be ready all the same."""
    try:
        await provider.warm_up()
    except ProviderError as error:
        return error.message
    return None


def _settle_memory() -> None:
    """Take what was loaded for good out of what the garbage collector looks through.

    Half a million objects of Django's and the engines' take it a tenth of a second each time, in which nobody hears
    anything.
    """
    gc.collect()
    gc.freeze()
