"""Audio as an HTTP response: complete with a length and ranges, or live in chunks."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri

from voice.api.ranges import Asked, Part, part_for
from voice.domain.voice import VoiceId
from voice.speech.speech import Found, Live

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


async def live_audio(speech: Live) -> HttpResponseBase:
    """Audio in the making, streamed as it comes.

    Raises:
        SpeechError: there will be none; the honest answer is an error, and no byte has been sent yet.
    """
    spoken = await speech.ready()
    headers = LIVE_HEADERS | _labels("joined" if speech.joined else "miss", spoken.voice)
    return StreamingHttpResponse(speech.listen(), content_type=spoken.format.content_type, headers=headers)


def complete_audio(request: HttpRequest, found: Found) -> HttpResponseBase:
    """Audio from the store: whole, or for GET in part, or not at all when the client has it already."""
    entry, audio = found.entry, found.audio
    part = Part(200, 0, audio.size_bytes, {})
    if request.method != "POST":
        part = part_for(_asked(request), etag_of(entry.path, audio.size_bytes), audio.size_bytes)
    headers = part.headers | KEPT_HEADERS | _labels("hit", entry.voice)
    headers["Content-Length"] = str(part.end - part.start)
    content_type = entry.format.content_type
    if audio.data is not None:
        whole = part.status == HTTPStatus.OK
        content = audio.data if whole else audio.data[part.start : part.end]
        return HttpResponse(content, status=part.status, content_type=content_type, headers=headers)
    pieces = audio.read(part.start, part.end)
    return StreamingHttpResponse(pieces, status=part.status, content_type=content_type, headers=headers)


def _labels(cache: str, voice: VoiceId) -> dict[str, str]:
    return {"X-Cache": cache, "X-Provider": voice.provider, "X-Voice": iri_to_uri(str(voice))}


def _asked(request: HttpRequest) -> Asked:
    get = request.headers.get
    return Asked(range=get("Range"), if_range=get("If-Range"), if_none_match=get("If-None-Match"))
