"""Audio as an HTTP response: complete with a length and ranges, or live in chunks."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from django.utils.encoding import iri_to_uri

from voice.api.answers import Answer
from voice.api.ranges import Asked, Part, part_for
from voice.domain.voice import VoiceId
from voice.speech.speech import Found, Live, Speech

LIVE_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Disposition": "inline",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
}
"""A proxy that buffers would make the listener wait for the end."""

KEPT_HEADERS: Final = {
    "Cache-Control": "private, no-cache",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
}
"""Addresses that need a session may say something else tomorrow (another voice): ask again, by ETag."""


def etag_of(path: str, size_bytes: int) -> str:
    """The entity tag of the audio at ``path``: a voice that is asked again may give other bytes under the same key."""
    return f'"{path.rpartition("/")[2][:32]}-{size_bytes:x}"'


async def live_audio(speech: Live, *, streamed: bool) -> Answer:
    """Audio in the making: ``streamed`` as it comes, or all of it when it is complete.

    Raises:
        SpeechError: there will be none; the honest answer is an error, and no byte has been sent yet.
    """
    spoken = await speech.ready()
    told = {"Content-Type": spoken.format.content_type, **LIVE_HEADERS, **rate_headers(speech)}
    headers = told | _labels("joined" if speech.joined else "miss", spoken.voice)
    if streamed:
        return Answer(200, headers, speech.listen())
    data = await speech.whole()
    return Answer(200, {**headers, "Content-Length": str(len(data))}, data)


def rate_headers(speech: Speech) -> Mapping[str, str]:
    """How the throttle stands after what was made anew; hits and those who join are not limited."""
    return speech.rate.headers if isinstance(speech, Live) and speech.rate is not None else {}


def complete_audio(found: Found, asked: Asked | None = None) -> Answer:
    """Audio from the store: whole, or in the part that was ``asked`` for, or not at all when the client has it."""
    entry, audio = found.entry, found.audio
    part = Part(200, 0, audio.size_bytes, {})
    if asked is not None:
        part = part_for(asked, etag_of(entry.path, audio.size_bytes), audio.size_bytes)
    length = {"Content-Type": entry.format.content_type, "Content-Length": str(part.end - part.start)}
    headers = {**length, **part.headers, **KEPT_HEADERS, **_labels("hit", entry.voice)}
    if audio.data is None:
        return Answer(part.status, headers, audio.read(part.start, part.end))
    whole = part.status == HTTPStatus.OK
    return Answer(part.status, headers, audio.data if whole else audio.data[part.start : part.end])


def audio_elsewhere(found: Found, url: str) -> Answer:
    """Where the storage serves the audio: for now, for its address ends."""
    headers = {"Location": url, "Content-Length": "0", "Cache-Control": "no-store", **_labels("hit", found.entry.voice)}
    return Answer(HTTPStatus.TEMPORARY_REDIRECT, headers)


def _labels(cache: str, voice: VoiceId) -> dict[str, str]:
    return {"X-Cache": cache, "X-Provider": voice.provider, "X-Voice": iri_to_uri(str(voice))}
