"""The one place from which notices are sent: to all open tabs of somebody, in whichever process they are served."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import structlog
from channels.layers import get_channel_layer
from prometheus_client import Counter
from redis.exceptions import RedisError

Notice: TypeAlias = Mapping[str, Any]
"""What a tab is told: plain values, for it travels as JSON in the end."""

TYPE: Final = "notice"

FAILURES = Counter("aloud_notification_failures_total", "Notices that could not be sent on to other processes.")

log = structlog.get_logger(__name__)


def group_of(user_id: int) -> str:
    """What Channels calls all open tabs of somebody."""
    return f"user-{user_id}"


async def notify(user_id: int, notice: Notice) -> None:
    """Tell ``notice`` to every open tab of ``user_id``.

    It never fails who has news: what does not get through is logged, and a tab that asks what it missed is told.
    """
    try:
        await get_channel_layer().group_send(group_of(user_id), {"type": TYPE, "to": user_id, "notice": dict(notice)})
    except (RedisError, OSError) as error:
        FAILURES.inc()
        log.warning("notification_failed", error=type(error).__name__)
