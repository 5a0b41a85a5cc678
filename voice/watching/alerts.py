"""Alerts: each is told of once when its threshold is crossed, and once when it is so no longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException

import structlog

from voice.models import Alert
from voice.watching import mails
from voice.watching.measures import Measured, measure

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at an alert: whether it began or ended, and why nobody was told if nobody was."""

    began: bool = False
    ended: bool = False
    untold_because: str = ""


def look_at_all(now: datetime) -> Sequence[Looked]:
    """Look at every alert that is switched on; one that cannot be told holds up none of the others."""
    return [look_at(alert, now) for alert in Alert.objects.filter(enabled=True)]


def look_at(alert: Alert, now: datetime) -> Looked:
    """Look at ``alert``, and tell of it if it has just begun or ended.

    Who looks at the same moment tells it once. What cannot be told counts as not having happened: it is tried again.
    """
    measured = measure(alert, now)
    Alert.objects.filter(pk=alert.pk).update(last_value=measured.value, checked_at=now)
    before, after = alert.crossed_at, now if measured.crosses(alert) else None
    if (before is None) is (after is None) or not _moved(alert, before, after):
        return Looked()
    untold_because = _told(alert, measured, begins=before is None)
    if untold_because:
        _moved(alert, after, before)
        return Looked(untold_because=untold_because)
    return Looked(began=before is None, ended=after is None)


def _moved(alert: Alert, before: datetime | None, after: datetime | None) -> bool:
    """Whether it was this one that moved it on: one statement, whoever else looks."""
    return Alert.objects.filter(pk=alert.pk, crossed_at=before).update(crossed_at=after) == 1


def _told(alert: Alert, measured: Measured, *, begins: bool) -> str:
    """Send the mail; why it could not be sent, if so."""
    try:
        mails.send(alert, measured, begins=begins)
    except mails.NobodyToTell:
        why = "it has no recipients, and no superuser has an address"
    except (SMTPException, OSError) as error:
        why = type(error).__name__
    else:
        log.warning("alert_crossed" if begins else "alert_over", kind=alert.kind, value=measured.value)
        return ""
    log.error("alert_not_told", kind=alert.kind, reason=why)
    return f"{alert}: {why}"
