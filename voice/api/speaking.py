"""From a checked body to an answer: what every door that speaks a text does once it knows who asks."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

from accounts.account import Account
from accounts.features import Feature
from voice.api.answers import Answer, json_answer
from voice.api.audio import audio_elsewhere, complete_audio, live_audio, rate_headers
from voice.api.ranges import Asked
from voice.api.serializers.speech import to_request
from voice.cache.index import Entry
from voice.cache.signing import signed_url
from voice.cache.store import audio_store
from voice.calls.following import Followed, follow
from voice.calls.messages import as_spoken
from voice.domain.errors import InvalidRequest
from voice.domain.speech import SpeechRequest
from voice.models import Message
from voice.speech.speak import speak
from voice.speech.speech import Found, Live, Speech

JSON: Final = "application/json"


async def answer_speech(
    account: Account, body: dict[str, Any], message: Message | None, *, accept: str, cache_control: str
) -> Answer:
    """Audio, or with JSON in ``accept`` the address of the audio.

    Raises:
        SpeechError: there will be none.
    """
    wanted = to_request(body, message, account)
    if JSON not in accept:
        return await as_audio(await speak(wanted, account, keep=may_be_kept(cache_control)), account)
    if settings.TTS_STORAGE == "off":
        raise InvalidRequest.of("accept", "Nothing is stored here (TTS_STORAGE=off): ask for audio.")
    return await _as_json(await speak(wanted, account), wanted, message, account)


def may_be_kept(cache_control: str) -> bool:
    """Whether we store here, and the client lets us store what it asks for (RFC 9111, section 5.2.1.5)."""
    return settings.TTS_STORAGE != "off" and "no-store" not in cache_control.lower()


async def as_audio(speech: Speech, account: Account, part: Asked | None = None, *, may_move: bool = False) -> Answer:
    """The audio itself: what is stored, or a ``part`` of it; what is being made, from its first chunk on.

    Who may not use streaming waits for what is being made until it is complete. Who ``may_move`` is sent on to the
    storage where that serves audio itself: with GET, its addresses know no other.

    Raises:
        SpeechError: there will be none.
    """
    if isinstance(speech, Live):
        return await live_audio(speech, streamed=Feature.STREAMING in account.features)
    url = await audio_store().url(speech.entry.path) if may_move else None
    return complete_audio(speech, part) if url is None else audio_elsewhere(speech, url)


async def _as_json(speech: Speech, wanted: SpeechRequest, message: Message | None, account: Account) -> Answer:
    """Where the audio is; ``202`` when it is not complete within TTS_RESPONSE_TIMEOUT, and then an event when it is.

    Raises:
        SpeechError: there will be none.
    """
    entry = speech.entry if isinstance(speech, Found) else await speech.made(settings.TTS_RESPONSE_TIMEOUT)
    voice = entry.voice if entry else wanted.voice
    key = entry.key if entry else speech.key
    url = await _address(entry, key, wanted, message, account)
    if entry is None and isinstance(speech, Live):
        follow(speech, Followed(account.user_id, message, url))
    told = {
        "success": True,
        "audio_ready": entry is not None,
        "audio_url": url,
        "duration": round(entry.duration_s, 3) if entry else None,
        "cached": isinstance(speech, Found),
        "voice": str(voice),
        "provider": voice.provider,
        "format": wanted.format.value,
        "message_id": str(message.pk) if message else None,
    }
    return json_answer(told, 200 if entry else 202, rate_headers(speech))


async def _address(
    entry: Entry | None, key: str, wanted: SpeechRequest, message: Message | None, account: Account
) -> str:
    """The message's own address when that is what it plays, else a signed one: of the storage where it serves audio."""
    if message is not None and wanted == as_spoken(message, account):
        return message.audio_url
    url = await audio_store().url(entry.path) if entry else None
    return url or signed_url(key, wanted.format)
