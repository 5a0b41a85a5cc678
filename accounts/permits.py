"""What one request may spend, and of whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from accounts.limits import Amount


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose limits something counts against: a user's or a room's. ``owner`` is the column that names them."""

    owner: str
    id: int | str

    @classmethod
    def user(cls, user_id: int) -> Self:
        """A user."""
        return cls("user_id", user_id)

    @classmethod
    def room(cls, room: str) -> Self:
        """A room."""
        return cls("room", room)


@dataclass(frozen=True, slots=True)
class Permit:
    """What one request may spend: ``amount``, set aside for each of ``subjects`` out of what is left on ``day``."""

    id: str
    subjects: tuple[Subject, ...]
    amount: Amount
    day: date

    @property
    def month(self) -> date:
        """The first day of its month."""
        return self.day.replace(day=1)
