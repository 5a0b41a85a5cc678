"""A message, as something to be heard."""

from __future__ import annotations

from uuid import UUID

from accounts.account import Account
from voice.domain.errors import NotFound
from voice.domain.speech import SpeechRequest
from voice.models import Message
from voice.providers.choosing import choose_model, preferred_voice


async def owned_message(message_id: UUID, account: Account) -> Message:
    """The message ``message_id``, and its conversation with it.

    Raises:
        NotFound: there is none, or it is in somebody else's conversation.
    """
    try:
        return await Message.objects.select_related("call").aget(pk=message_id, call__owner_id=account.user_id)
    except Message.DoesNotExist:
        raise NotFound("There is no such message.") from None


def as_spoken(message: Message, account: Account) -> SpeechRequest:
    """What ``account`` hears at the icon of ``message``: its text, in the voice of its conversation, or in theirs."""
    voice = preferred_voice(message.call.voice, account.voice, among=account.limits.providers)
    return SpeechRequest(message.text, voice, choose_model("", voice))
