"""Callers who were recognised a moment ago, by the credentials they sent."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from django.utils import timezone

from accounts.account import Account
from accounts.key_uses import key_uses
from accounts.recent import Recent

CREDENTIALS: Final = frozenset(
    {b"cookie", b"authorization", b"x-csrftoken", b"host", b"origin", b"referer", b"x-forwarded-proto"}
)
"""The headers that who asks, and whether it may be a forgery, is decided from; and nothing else is."""

Credentials: TypeAlias = tuple[str, tuple[tuple[bytes, bytes], ...]]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who was recognised: on whose account they act, and with which key until when, if not with a session."""

    account: Account
    key_id: int | None = None
    expires_at: datetime | None = None


recent_callers: Final[Recent[str, Caller]] = Recent()
"""Who was found in the database a moment ago, by proof: a session or the hash of a key, and which of the two it is."""

known_callers: Final[Recent[Credentials, str]] = Recent()
"""By credentials: the proof that was found in them."""

IN_A_ROW: Final = 2
"""How many of a crowd go on before the event loop turns to other work: theirs takes some 0.1 ms each, and what they are
all waiting for is being started meanwhile."""

_meetings: Final[dict[Credentials, deque[asyncio.Future[None]]]] = {}
"""Credentials that are being looked up just now, and those who came with the same and wait."""


def credentials_of(scope: Any) -> Credentials:
    """What an ASGI request proves itself with."""
    return scope["scheme"], tuple([header for header in scope["headers"] if header[0] in CREDENTIALS])


def known_account(credentials: Credentials) -> Account | None:
    """Whose ``credentials`` these are, if they were just recognised and what they prove is still believed."""
    proof = known_callers.get(credentials)
    caller = None if proof is None else recent_callers.get(proof)
    return None if caller is None else act_as(caller)


def act_as(caller: Caller) -> Account | None:
    """The account of ``caller``, with note taken of their key's use; None when its time is over."""
    if caller.key_id is not None:
        now = timezone.now()
        if caller.expires_at is not None and caller.expires_at <= now:
            return None
        key_uses.add(caller.key_id, now)
    return caller.account


def recognise(credentials: Credentials, proof: str) -> None:
    """Believe from now on that who sends ``credentials`` has what ``proof`` says, as long as that is believed."""
    known_callers.put(credentials, proof)
    _end_meeting(credentials)


def forget_everybody() -> None:
    """Look everybody up again: what somebody may do has changed."""
    recent_callers.clear()


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
