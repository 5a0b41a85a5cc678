"""May this be spent? Set aside before, settled after: what fails or is never heard of again costs nothing."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from accounts import meter, settling, workers
from accounts.account import Account
from accounts.errors import AccountError, LimitsUnavailable, QuotaExceeded, TextTooLong, TrialEnded
from accounts.limits import Amount, Limits
from accounts.models import User
from accounts.permits import Permit, Subject
from accounts.resolving import account_for
from accounts.rooms import limits_of
from accounts.settling import Settlement
from accounts.standing import LimitStanding, exhausted, standings
from accounts.write_behind import WriteBehind

RETRY_S: Final = 5.0
"""When to come back if the quota store cannot be reached."""

TRIES: Final = 10
"""A limit that was in the way may be so no longer when it is looked at: somebody was just given theirs back, or has
just made the row. Then it is tried again."""

open_permits: Final[set[str]] = set()
"""What this process has set aside and not settled: its leases are to be renewed."""


def _write(settlements: dict[str, Settlement]) -> None:
    settling.settle(settlements.values())


settlements: Final[WriteBehind[str, Settlement]] = WriteBehind(_write, lambda _, after: after)


async def reserve(account: Account, amount: Amount) -> Permit | None:
    """Set ``amount`` aside on ``account``, and in its room if that has a quota; None where nothing is counted.

    Raises:
        TextTooLong, TrialEnded: whatever is left, this may not be.
        QuotaExceeded: there is too little left.
        LimitsUnavailable: the quota store cannot be reached.
    """
    _check(account.limits, amount, "on this plan")
    if not (account.limits.are_metered or account.room):
        return None
    try:
        try:
            permit = await workers.run(_reserve, account, amount)
        except (TrialEnded, QuotaExceeded):
            await settlements.flush()  # what is settled but not written yet may be enough
            permit = await workers.run(_reserve_what_lapsed, account, amount)
    except DatabaseError:
        raise LimitsUnavailable("Limits cannot be checked just now. Try again soon.", retry_after_s=RETRY_S) from None
    if permit is not None:
        open_permits.add(permit.id)
    return permit


def settle(permit: Permit | None, spent: Amount | None) -> None:
    """Have ``permit`` come to what was ``spent``; None: to nothing, as if nobody had asked. On the event loop."""
    if permit is not None:
        open_permits.discard(permit.id)
        settlements.add(permit.id, Settlement(permit, spent))


def standing(user: User) -> list[LimitStanding]:
    """How ``user`` stands with each of their limits. It blocks."""
    return standings(account_for(user).limits, meter.spending_of(Subject.user(user.pk)), timezone.now())


def lease_ends_at(now: datetime) -> datetime:
    """When what is set aside or renewed at ``now`` lapses."""
    return now + timedelta(seconds=settings.TTS_LEASE_SECONDS)


def _reserve(account: Account, amount: Amount) -> Permit | None:
    now, limits = timezone.now(), _limits(account, amount)
    if not limits:
        return None
    permit = Permit(uuid.uuid4().hex, tuple(limits), amount, now.date())
    for _ in range(TRIES):
        refused_by = meter.spend(permit, limits, lease_ends_at(now))
        if refused_by is None:
            return permit
        if (refusal := _refusal(refused_by, limits[refused_by], amount, now)) is not None:
            raise refusal
    raise LimitsUnavailable("Limits are changing too fast to be checked. Try again.", retry_after_s=RETRY_S)


def _reserve_what_lapsed(account: Account, amount: Amount) -> Permit | None:
    for subject in _limits(account, amount):
        settling.lapse(timezone.now(), subject)
    return _reserve(account, amount)


def _check(limits: Limits, amount: Amount, where: str) -> None:
    """See to what needs no counting."""
    most, ends_at = limits.max_characters, limits.trial_ends_at
    if most is not None and amount.characters > most:
        raise TextTooLong(f"At most {most} characters {where}; these are {amount.characters}.")
    if ends_at is not None and timezone.now() >= ends_at:
        raise TrialEnded(f"The trial ended on {ends_at:%B %-d, %Y}. What was made before still plays.")


def _limits(account: Account, amount: Amount) -> dict[Subject, Limits]:
    """Everything that has to be counted for ``account``."""
    limits = {Subject.user(account.user_id): account.limits}
    if account.room:
        of_room = limits_of(account.room)
        _check(of_room, amount, "in this conversation")
        limits[Subject.room(account.room)] = of_room
    return {subject: limit for subject, limit in limits.items() if limit.are_metered}


def _refusal(subject: Subject, limits: Limits, asked: Amount, now: datetime) -> AccountError | None:
    """Which limit is in the way, in words for a person; None: none any more."""
    reached = exhausted(limits, meter.spending_of(subject), asked, now)
    if reached is None:
        return None
    if reached.resets_at is None:
        return TrialEnded(
            f"The trial is over: its {reached.limit:,.0f} spoken messages were heard. What was made before still plays."
        )
    whose = "" if subject.owner == "user_id" else "This conversation's "
    told = (
        f"{whose}{reached.label}: {reached.left:,.10g} of {reached.limit:,.10g} {reached.unit} left, too few for this."
    )
    told = f"{told[0].upper()}{told[1:]} It starts anew on {reached.resets_at:%B %-d} at 00:00 UTC."
    wait_s = (reached.resets_at - now).total_seconds()
    return QuotaExceeded(told, limit=reached.name, resets_at=reached.resets_at, retry_after_s=wait_s)
