"""Calls of providers, as if they had happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from voice.models import ProviderCall

Called = Callable[..., None]


@pytest.fixture
def called(db: None) -> Called:
    """Note ``times`` calls that began ``ago`` minutes ago."""

    def note(provider: str, outcome: str, *, ago: float, times: int = 1, **facts: str) -> None:
        began_at = timezone.now() - timedelta(minutes=ago)
        row: dict[str, Any] = {"provider": provider, "outcome": outcome, "model": "m", "cost": "0", **facts}
        calls = [ProviderCall(created_at=began_at, characters=1, duration_s=1, **row) for _ in range(times)]
        ProviderCall.objects.bulk_create(calls)

    return note
