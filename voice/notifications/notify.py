"""The one place from which letters are sent: to all open tabs of somebody, in whichever process they are served."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import structlog
from channels.layers import get_channel_layer
from prometheus_client import Counter
from redis.exceptions import RedisError

Notice: TypeAlias = Mapping[str, Any]
"""What a tab is told: plain values, for it travels as JSON in the end."""

NOTICE: Final = "notice"
PRESENCE: Final = "presence"

FAILURES = Counter("aloud_notification_failures_total", "Letters that could not be sent on to other processes.")

log = structlog.get_logger(__name__)


def group_of(user_id: int) -> str:
    """What Channels calls the processes that have to do with somebody."""
    return f"user-{user_id}"


async def notify(user_id: int, notice: Notice) -> None:
    """Tell ``notice`` to every open tab of ``user_id``.

    It never fails who has news: what does not get through is logged, and a tab that asks what it missed is told.
    """
    await _send(user_id, {"type": NOTICE, "notice": dict(notice)})


async def tell_presence(user_id: int, *, here: bool) -> None:
    """Tell the processes that have to do with ``user_id`` whether a tab is open in this one."""
    await _send(user_id, {"type": PRESENCE, "here": here})


async def _send(user_id: int, letter: dict[str, Any]) -> None:
    try:
        await get_channel_layer().group_send(group_of(user_id), {**letter, "to": user_id})
    except (RedisError, OSError) as error:
        FAILURES.inc()
        log.warning("notification_failed", error=type(error).__name__)
