"""A message, as something to be heard."""

from __future__ import annotations

from uuid import UUID

from accounts.account import Account
from voice.domain.errors import InvalidRequest, NotFound
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import CallSession, Message
from voice.providers.choosing import choose_model, default_voice, find_voice


async def owned_message(message_id: UUID, account: Account) -> Message:
    """The message ``message_id``, and its conversation with it.

    Raises:
        NotFound: there is none, or it is in somebody else's conversation.
    """
    try:
        return await Message.objects.select_related("call").aget(pk=message_id, call__owner_id=account.user_id)
    except Message.DoesNotExist:
        raise NotFound("There is no such message.") from None


def as_spoken(message: Message) -> SpeechRequest:
    """What is heard when the icon of ``message`` is pressed: its text, in the voice of its conversation."""
    voice = _voice_of(message.call)
    return SpeechRequest(message.text, voice, choose_model("", voice))


def _voice_of(call: CallSession) -> VoiceId:
    """Its own, or the default one: also where its own has left the chain since it was chosen."""
    try:
        return find_voice(call.voice) if call.voice else default_voice()
    except InvalidRequest:
        return default_voice()
