"""How much of their limits somebody has used, as bars."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts import amounts
from accounts.meter import spending_of
from accounts.models import Quota
from accounts.permits import Subject
from accounts.quota import standing
from accounts.resolving import limits_of_room
from accounts.standing import LimitStanding, standings

BAR = (
    '<li><meter min="0" max="1" low="0" high="0.8" optimum="0" value="{}" aria-label="{}"></meter>'
    "<span>{}: {} of {}</span></li>"
)


def bars(limits: Iterable[LimitStanding]) -> SafeString | str:
    """A bar for each limit; a dash where there is none."""
    told = [
        (
            f"{one.share:.4f}",
            one.label,
            one.label.capitalize(),
            amounts.bare(one.used, one.unit),
            amounts.bare(one.limit, one.unit),
        )
        for one in limits
    ]
    return format_html('<ul class="bars">{}</ul>', format_html_join("", BAR, told)) if told else "-"


def standings_of(quota: Quota) -> list[LimitStanding]:
    """How the user or the room of ``quota`` stands, with whatever else limits them. Some five queries."""
    if quota.user is not None:
        return standing(quota.user)
    room = quota.room or ""
    return standings(limits_of_room(room), spending_of(Subject.room(room)), timezone.now())
