"""On whose account something is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from accounts.features import ALL, Feature
from accounts.limits import UNLIMITED, Limits


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, what they may do and how much: looked up once and believed for a moment (``accounts.recent``).

    ``voice`` is their default voice, written provider:name, or empty. ``room`` and ``message`` are the conversation and
    the message this request belongs to, or empty: a room may have limits of its own.
    """

    user_id: int
    limits: Limits = UNLIMITED
    features: frozenset[Feature] = ALL
    voice: str = ""
    room: str = ""
    message: str = ""

    def about(self, room: object, message: object = "") -> Self:
        """The same account, for something in ``room``; the ids as they are, or written out."""
        return replace(self, room=str(room), message=str(message))
