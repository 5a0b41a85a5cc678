"""Redis, in which processes share what they count: one client for each event loop."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog
from django.conf import settings
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from accounts.errors import LimitsUnavailable
from accounts.per_loop import PerLoop

TIMEOUT_S: Final = 0.5
"""For a connection, a command and a place among the connections. Redis answers in a fifth of a millisecond or not at
all, and whoever waits for it is to be told."""

CONNECTIONS: Final = 16
RETRY_S: Final = 5.0
"""What callers are told to wait when it cannot be reached."""

log = structlog.get_logger(__name__)


def _connect() -> Redis:
    """A client that connects when first used, and a second time when what it had was closed by a restart."""
    pool = BlockingConnectionPool.from_url(
        settings.REDIS_URL,
        max_connections=CONNECTIONS,
        timeout=TIMEOUT_S,
        socket_timeout=TIMEOUT_S,
        socket_connect_timeout=TIMEOUT_S,
        retry=Retry(NoBackoff(), 1),
    )
    return Redis.from_pool(pool)


_clients: Final = PerLoop(_connect)


@asynccontextmanager
async def shared() -> AsyncIterator[Redis]:
    """The client of this event loop.

    Raises:
        LimitsUnavailable: Redis cannot be reached, or refused what was done with it inside.
    """
    try:
        yield _clients.here()
    except RedisError as error:
        log.warning("redis_unreachable", error=type(error).__name__)
        raise LimitsUnavailable(
            "Limits cannot be checked just now. What was made before still plays.", retry_after_s=RETRY_S
        ) from error


async def close() -> None:
    """Close this event loop's connections, if it has any."""
    client = _clients.taken_away()
    if client is not None:
        await client.aclose()
