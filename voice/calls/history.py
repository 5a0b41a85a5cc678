"""What was said in a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import transaction

from voice.calls import leases, titles
from voice.domain.errors import NotFound
from voice.models import CallSession, Message

MESSAGES_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Some messages, the oldest first; ``earlier`` is the one to ask for those before, None when there are none."""

    messages: list[Message]
    earlier: UUID | None


async def list_messages(call: CallSession, before: UUID | None = None, limit: int = MESSAGES_A_PAGE) -> MessagePage:
    """The newest ``limit`` messages of ``call``, or of those written before the message ``before``."""
    wanted = call.messages.order_by("-created_at")
    if before is not None:
        wanted = wanted.filter(created_at__lt=call.messages.filter(pk=before).values("created_at"))
    found = [message async for message in wanted[: limit + 1]]
    kept = found[:limit][::-1]
    return MessagePage(kept, earlier=kept[0].pk if len(found) > limit else None)


async def find_message(call: CallSession, message_id: UUID) -> Message:
    """The message ``message_id`` of ``call``, and the conversation with it.

    Raises:
        NotFound: it has no such message.
    """
    try:
        return await call.messages.select_related("call").aget(pk=message_id)
    except Message.DoesNotExist:
        raise NotFound("There is no such message.") from None


async def record_turn(
    call: CallSession, said: str, replied: str, *, to_be_heard: bool = False
) -> tuple[Message, Message]:
    """Keep what somebody said and what was replied: both or neither. The first thing said names the conversation.

    A reply ``to_be_heard`` is leased to this process: should that end before it has made the audio, others find it.
    """
    return await sync_to_async(_record_turn)(call, said, replied, to_be_heard)


@transaction.atomic
def _record_turn(call: CallSession, said: str, replied: str, to_be_heard: bool) -> tuple[Message, Message]:
    message = call.messages.create(author=Message.Author.USER, text=said)
    reply = call.messages.create(author=Message.Author.ASSISTANT, text=replied)
    if to_be_heard:
        leases.lease(reply, call.owner_id)
    if call.title == titles.UNTITLED:
        call.title = titles.title_of(said)
    call.save(update_fields=["title", "updated_at"])
    return message, reply
