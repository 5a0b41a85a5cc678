"""What each call of a provider took and came to, written behind: nobody who listens waits for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Final

from accounts.write_behind import WriteBehind
from voice.models import ProviderCall


@dataclass(frozen=True, slots=True)
class Call:
    """One call; the fields are those of ``ProviderCall``."""

    created_at: datetime
    provider: str
    model: str
    voice: str
    characters: int
    ttfb_s: float | None
    duration_s: float
    audio_s: float
    outcome: str
    error: str
    cost: Decimal | None


def _write(calls: dict[int, Call]) -> None:
    ProviderCall.objects.bulk_create([ProviderCall(**asdict(call)) for call in calls.values()], batch_size=500)


def _never_merged(_before: Call, after: Call) -> Call:
    return after  # every call has a number of its own


_numbers: Final = count()
calls: Final[WriteBehind[int, Call]] = WriteBehind(_write, _never_merged)


def note(call: Call) -> None:
    """Add a row to come; call it on the event loop."""
    calls.add(next(_numbers), call)
