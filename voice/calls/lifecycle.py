"""A conversation from its start to its end: who may see it is decided here, by never finding somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from voice.domain.errors import NotFound
from voice.models import CallSession
from voice.providers.choosing import find_voice

CALLS_A_PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class CallPage:
    """Some conversations, the one used last first; ``older`` and ``newer`` are the neighbouring pages' numbers."""

    calls: list[CallSession]
    newer: int | None
    older: int | None


async def start(owner_id: int, *, title: str = "", voice: str = "") -> CallSession:
    """A new conversation.

    Raises:
        InvalidRequest: there is no such voice.
    """
    call = CallSession(owner_id=owner_id)
    await revise(call, {"title": title or call.title, "voice": voice})
    return call


async def find(owner_id: int, call_id: UUID) -> CallSession:
    """The conversation ``call_id``.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    try:
        return await CallSession.objects.aget(pk=call_id, owner_id=owner_id)
    except CallSession.DoesNotExist:
        raise NotFound("There is no such conversation.") from None


async def list_calls(owner_id: int, page: int = 1) -> CallPage:
    """One page of somebody's conversations; pages count from 1."""
    start_at = (page - 1) * CALLS_A_PAGE
    mine = CallSession.objects.filter(owner_id=owner_id)
    found = [call async for call in mine[start_at : start_at + CALLS_A_PAGE + 1]]
    older = page + 1 if len(found) > CALLS_A_PAGE else None
    return CallPage(found[:CALLS_A_PAGE], newer=page - 1 or None, older=older)


async def revise(call: CallSession, changes: Mapping[str, str]) -> None:
    """Give ``call`` another ``title`` or ``voice``; an empty voice is the default one.

    Raises:
        InvalidRequest: there is no such voice.
    """
    call.title = changes.get("title", call.title)
    if written := changes.get("voice", call.voice):
        find_voice(written)
    call.voice = written
    await call.asave()


async def remove(call: CallSession) -> None:
    """Delete ``call`` and everything said in it."""
    await call.adelete()
