"""What was set aside, settled with what was really spent; or returned, when nobody settles it.

All of it blocks: for a thread of the database's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from accounts.limits import Amount
from accounts.meter import RESERVATION, SPENDING, spending_of
from accounts.models import Reservation
from accounts.permits import Permit, Subject

_TAKE_BACK: Final = f"""
    DELETE FROM {RESERVATION} WHERE {{which}}
    RETURNING spending_id, day, month, characters, milliseconds, microdollars"""  # noqa: S608  # names of our own columns

_CORRECT: Final = f"""
    UPDATE {SPENDING} SET messages = messages + %(messages)s,
        day_characters = day_characters + CASE WHEN day = %(day)s THEN %(characters)s ELSE 0 END,
        month_characters = month_characters + CASE WHEN month = %(month)s THEN %(characters)s ELSE 0 END,
        month_milliseconds = month_milliseconds + CASE WHEN month = %(month)s THEN %(milliseconds)s ELSE 0 END,
        month_microdollars = month_microdollars + CASE WHEN month = %(month)s THEN %(microdollars)s ELSE 0 END
    WHERE id = %(spending)s"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a permit; ``spent`` is None when nothing was made, and nothing is to be paid."""

    permit: Permit
    spent: Amount | None


def settle(settlements: Iterable[Settlement]) -> None:
    """Have each permit come to what was really spent.

    One whose reservation has lapsed meanwhile was returned already: what it spent is added anew.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for settlement in settlements:
            _settle(cursor, settlement.permit, settlement.spent)


def lapse(now: datetime, subject: Subject | None = None) -> int:
    """Return what was set aside by requests that nobody settled in time; how many reservations that were."""
    which = "expires_at < %s"
    values: list[Any] = [connection.ops.adapt_datetimefield_value(now)]
    if subject is not None:
        which += f" AND spending_id IN (SELECT id FROM {SPENDING} WHERE {subject.owner} = %s)"  # noqa: S608
        values.append(subject.id)
    with transaction.atomic(), connection.cursor() as cursor:
        lapsed = _take_back(cursor, which, values)
        for reservation in lapsed:
            _correct(cursor, reservation, Amount() - reservation.amount, messages=-1)
    return len(lapsed)


def renew(permits: Sequence[str], expires_at: datetime) -> None:
    """Keep what is still being made from lapsing."""
    Reservation.objects.filter(permit__in=permits).update(expires_at=expires_at)


@dataclass(frozen=True, slots=True)
class _Reserved:
    """What was set aside, out of which day and month: those as the database writes them, for they go back there."""

    spending_id: int
    day: Any
    month: Any
    amount: Amount


def _settle(cursor: Any, permit: Permit, spent: Amount | None) -> None:
    reserved = _take_back(cursor, "permit = %s", [permit.id])
    for reservation in reserved:
        _correct(cursor, reservation, (spent or Amount()) - reservation.amount, messages=0 if spent else -1)
    if spent is None or reserved:
        return
    for spending in filter(None, map(spending_of, permit.subjects)):
        _correct(cursor, _Reserved(spending.pk, permit.day, permit.month, Amount()), spent, messages=1)


def _take_back(cursor: Any, which: str, values: Sequence[Any]) -> list[_Reserved]:
    cursor.execute(_TAKE_BACK.format(which=which), values)
    return [_Reserved(row[0], row[1], row[2], Amount(*row[3:])) for row in cursor.fetchall()]


def _correct(cursor: Any, reserved: _Reserved, difference: Amount, *, messages: int) -> None:
    facts = {
        "spending": reserved.spending_id,
        "day": reserved.day,
        "month": reserved.month,
        "characters": difference.characters,
        "milliseconds": difference.milliseconds,
        "microdollars": difference.microdollars,
        "messages": messages,
    }
    cursor.execute(_CORRECT, facts)
