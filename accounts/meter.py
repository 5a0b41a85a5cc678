"""Spending against limits, settled in the database: one statement, conditional on the limit, so that none can be raced.

All of it blocks: for a thread of the database's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from accounts.limits import Limits
from accounts.models import Reservation, Spending
from accounts.permits import Permit, Subject

WITHOUT_LIMIT: Final = 2**62

SPENDING: Final = Spending._meta.db_table  # noqa: SLF001  # public, for all its name
RESERVATION: Final = Reservation._meta.db_table  # noqa: SLF001

_THIS_MONTH: Final = "CASE WHEN month = %(month)s THEN month_{0} ELSE 0 END + %({0})s"
_SPENT: Final = {
    "day_characters": "CASE WHEN day = %(day)s THEN day_characters ELSE 0 END + %(characters)s",
    "month_characters": _THIS_MONTH.format("characters"),
    "month_milliseconds": _THIS_MONTH.format("milliseconds"),
    "month_microdollars": _THIS_MONTH.format("microdollars"),
    "messages": "messages + 1",
}
"""Each count, and what it would come to with this request. What is left of a period that is over counts for nothing."""

_SPEND: Final = f"""
    UPDATE {SPENDING} SET day = %(day)s, month = %(month)s,
        {", ".join(f"{at} = {then}" for at, then in _SPENT.items())}
    WHERE {{owner}} = %(owner)s AND {" AND ".join(f"{then} <= %(most_{at})s" for at, then in _SPENT.items())}
    RETURNING id"""  # noqa: S608  # names of our own columns

_SET_ASIDE: Final = f"""
    INSERT INTO {RESERVATION} (permit, spending_id, day, month, characters, milliseconds, microdollars, expires_at)
    VALUES (%(permit)s, %(spending)s, %(day)s, %(month)s, %(characters)s, %(milliseconds)s, %(microdollars)s,
        %(expires_at)s)"""  # noqa: S608


def spend(permit: Permit, limits: Mapping[Subject, Limits], expires_at: datetime) -> Subject | None:
    """Set ``permit`` aside for all of its subjects, or for none; the subject that has too little left, if so."""
    with transaction.atomic(), connection.cursor() as cursor:
        for subject in permit.subjects:
            spending_id = _spend(cursor, permit, subject, limits[subject])
            if spending_id is None:
                transaction.set_rollback(True)
                return subject
            row = {**_facts(permit), "permit": permit.id, "spending": spending_id}
            cursor.execute(_SET_ASIDE, {**row, "expires_at": connection.ops.adapt_datetimefield_value(expires_at)})
    return None


def spending_of(subject: Subject) -> Spending | None:
    """What ``subject`` has spent, if it ever has."""
    return Spending.objects.filter(**{subject.owner: subject.id}).first()


def _spend(cursor: Any, permit: Permit, subject: Subject, limits: Limits) -> int | None:
    """The row that was spent from; None where a limit is in the way."""
    statement, facts = _SPEND.format(owner=subject.owner), {**_facts(permit), **_most(limits), "owner": subject.id}
    cursor.execute(statement, facts)
    found = cursor.fetchone()
    if found is None and spending_of(subject) is None:
        row = Spending(**{subject.owner: subject.id}, day=permit.day, month=permit.month)
        Spending.objects.bulk_create([row], ignore_conflicts=True)  # others may do the same
        cursor.execute(statement, facts)
        found = cursor.fetchone()
    return None if found is None else int(found[0])


def _facts(permit: Permit) -> dict[str, Any]:
    amount = permit.amount
    return {
        "day": permit.day,
        "month": permit.month,
        "characters": amount.characters,
        "milliseconds": amount.milliseconds,
        "microdollars": amount.microdollars,
    }


def _most(limits: Limits) -> dict[str, int]:
    most = {
        "most_day_characters": limits.characters_per_day,
        "most_month_characters": limits.characters_per_month,
        "most_month_milliseconds": limits.milliseconds_per_month,
        "most_month_microdollars": limits.microdollars_per_month,
        "most_messages": limits.trial_messages,
    }
    return {name: WITHOUT_LIMIT if limit is None else limit for name, limit in most.items()}
