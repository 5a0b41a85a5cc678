"""Callers who were recognised a moment ago, by the credentials they sent."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
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

recent_sessions: Final[Recent[str, Account]] = Recent()
"""Sessions that were found in the database a moment ago, and whose they are."""


IN_A_ROW: Final = 2
"""How many of a crowd go on before the event loop turns to other work: theirs takes some 0.1 ms each, and what they are
all waiting for is being started meanwhile."""

_meetings: Final[dict[Credentials, deque[asyncio.Future[None]]]] = {}
"""Credentials that are being looked up just now, and those who came with the same and wait."""


def credentials_of(scope: Any) -> Credentials:
    """What an ASGI request proves itself with."""
    return scope["scheme"], tuple([header for header in scope["headers"] if header[0] in CREDENTIALS])


def known_account(credentials: Credentials) -> Account | None:
    """Whose ``credentials`` these are, if they were just recognised and their session still is."""
    known = known_callers.get(credentials)
    return known[1] if known is not None and recent_sessions.get(known[0]) is not None else None


def recognise(credentials: Credentials, session_key: str, account: Account) -> None:
    """Believe from now on that who sends ``credentials`` acts for ``account``, as long as its session is believed."""
    known_callers.put(credentials, (session_key, account))
    _end_meeting(credentials)


async def met(credentials: Credentials) -> bool:
    """Wait while somebody else with the same credentials is being looked up; whether there was anybody."""
    waiting = _meetings.get(credentials)
    if waiting is None:
        return False
    turn = asyncio.get_running_loop().create_future()
    waiting.append(turn)
    await turn
    return True


@contextmanager
def meeting(credentials: Credentials) -> Iterator[None]:
    """Have those who come with the same credentials wait until they are recognised, or this ends."""
    _meetings.setdefault(credentials, deque())
    try:
        yield
    finally:
        _end_meeting(credentials)


def _end_meeting(credentials: Credentials) -> None:
    _let_in(_meetings.pop(credentials, deque()))


def _let_in(waiting: deque[asyncio.Future[None]]) -> None:
    """Have some go on now, and the others after what else there is to do."""
    for turn in [waiting.popleft() for _ in range(min(IN_A_ROW, len(waiting)))]:
        if not turn.done():  # its caller may have left
            turn.set_result(None)
    if waiting:
        asyncio.get_running_loop().call_soon(_let_in, waiting)
