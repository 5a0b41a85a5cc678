"""Callers who were recognised a moment ago, by the credentials they sent."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from accounts.account import Account
from accounts.recent import Recent

CREDENTIALS: Final = frozenset(
    {b"cookie", b"authorization", b"x-csrftoken", b"host", b"origin", b"referer", b"x-forwarded-proto"}
)
"""The headers that who asks, and whether it may be a forgery, is decided from; and nothing else is."""

Credentials: TypeAlias = tuple[str, tuple[tuple[bytes, bytes], ...]]

known_callers: Final[Recent[Credentials, tuple[str, Account]]] = Recent()
"""By credentials: the session or key that was recognised, and whose it is."""

recent_sessions: Final[Recent[str, int]] = Recent()
"""Sessions that were found in the database a moment ago, and whose they are."""


def credentials_of(scope: Any) -> Credentials:
    """What an ASGI request proves itself with."""
    return scope["scheme"], tuple([header for header in scope["headers"] if header[0] in CREDENTIALS])


def known_account(scope: Any) -> Account | None:
    """Whose account a request is made on, if the same credentials were just recognised and their session still is."""
    known = known_callers.get(credentials_of(scope))
    return known[1] if known is not None and recent_sessions.get(known[0]) is not None else None
