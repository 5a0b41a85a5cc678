"""On whose account something is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, as far as limits and usage need to know."""

    user_id: int
