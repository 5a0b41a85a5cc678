"""A feature's switch."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from waffle.models import AbstractUserFlag

from accounts.models.user import User

_SHARES = 2**64


class Flag(AbstractUserFlag):
    """Who may use a feature: everybody, some users, groups, a share of all. Named as in ``accounts.features``.

    Waffle's rules, but for the share: the same users are in it each time, whatever they come with. Waffle throws dice
    and remembers by a cookie, which programs do not have.
    """

    class Meta(AbstractUserFlag.Meta):
        abstract = False
        ordering = ["name"]

    def lets(self, user: User, *, named: bool) -> bool:
        """Whether ``user`` may, who is ``named`` (or one of their groups is) or not. *Everyone* overrides the rest."""
        if self.everyone is not None:
            return self.everyone
        by_standing = self.authenticated or (self.staff and user.is_staff) or (self.superusers and user.is_superuser)
        return by_standing or named or self.shares_with(user)

    def shares_with(self, user: User) -> bool:
        """Whether ``user`` is in the share of all; who is in a share is in every larger one."""
        place = int.from_bytes(sha256(f"{self.name} {user.pk}".encode()).digest()[:8])
        return Decimal(place * 100) / _SHARES < (self.percent or 0)

    def is_active_for_user(self, user: User) -> bool:  # type: ignore[override]  # there is one kind of user here
        """The same for who asks waffle itself."""
        named = self.users.contains(user) or self.groups.filter(user=user).exists()
        return self.lets(user, named=named)
