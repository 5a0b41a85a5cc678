"""A feature's switch."""

from __future__ import annotations

from waffle.models import AbstractUserFlag


class Flag(AbstractUserFlag):
    """Who may use a feature: everybody, some users, groups, a share of all. Named as in ``accounts.features``."""

    class Meta(AbstractUserFlag.Meta):
        abstract = False
        ordering = ["name"]
