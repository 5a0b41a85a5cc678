"""The mails about alerts."""

from __future__ import annotations

from django.core.mail import EmailMessage

from accounts.models import User
from voice.models import Alert
from voice.watching.measures import Measured


class NobodyToTell(Exception):
    """There is nobody the mail could go to."""


def send(alert: Alert, measured: Measured, *, begins: bool) -> None:
    """Tell the recipients of ``alert`` that it begins, or that it is over.

    Raises:
        NobodyToTell: there are none.
        SMTPException, OSError: the mail was not taken.
    """
    to = recipients_of(alert)
    if not to:
        raise NobodyToTell
    state = "" if begins else "over: "
    subject = f"[Aloud] {state}{alert.get_kind_display()}"
    value = "nothing to go by" if measured.value is None else f"{measured.value:g}"
    lines = [
        measured.told,
        "",
        f"{alert.get_kind_display()}: {value}. The threshold is {alert.threshold:g}.",
        "There is one mail more when it is over." if begins else "",
    ]
    EmailMessage(subject, "\n".join(lines).strip() + "\n", to=to).send()


def recipients_of(alert: Alert) -> list[str]:
    """Those it names, or every active superuser that has an address."""
    named = [address.strip() for address in alert.recipients.split(",") if address.strip()]
    superusers = User.objects.filter(is_superuser=True, is_active=True).exclude(email="").order_by("pk")
    return named or list(superusers.values_list("email", flat=True))
