"""How much somebody may use, and what was used of it: amounts as whole numbers, so that they add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True)
class Amount:
    """What speech takes: characters given to a voice, milliseconds of audio, millionths of a US dollar."""

    characters: int = 0
    milliseconds: int = 0
    microdollars: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(
            self.characters + other.characters,
            self.milliseconds + other.milliseconds,
            self.microdollars + other.microdollars,
        )

    def __sub__(self, other: Amount) -> Amount:
        return Amount(
            self.characters - other.characters,
            self.milliseconds - other.milliseconds,
            self.microdollars - other.microdollars,
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """What a plan and a quota come to for one user or one room. None: no limit; no providers: all of them."""

    characters_per_day: int | None = None
    characters_per_month: int | None = None
    milliseconds_per_month: int | None = None
    microdollars_per_month: int | None = None
    requests_per_minute: int | None = None
    realtime_per_day: int | None = None
    max_characters: int | None = None
    trial_messages: int | None = None
    trial_ends_at: datetime | None = None
    providers: frozenset[str] = frozenset()

    @property
    def are_metered(self) -> bool:
        """Whether anything has to be counted before it is spent."""
        counted = (
            self.characters_per_day,
            self.characters_per_month,
            self.milliseconds_per_month,
            self.microdollars_per_month,
            self.trial_messages,
        )
        return any(limit is not None for limit in counted)


UNLIMITED: Final = Limits()
