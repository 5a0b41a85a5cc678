"""From a request to audio that is passed on to those who listen, and that nobody keeps."""

from __future__ import annotations

from contextlib import aclosing

from voice.audio.metering import Meter
from voice.cache.index import Entry
from voice.domain.errors import SpeechError
from voice.domain.speech import SpeechRequest
from voice.speech.fallback import Speaking, first_to_speak
from voice.speech.inflight import Job
from voice.speech.production import entry_of, find
from voice.speech.relay import Relay


async def find_or_pass_on(request: SpeechRequest, key: str, job: Job[Relay]) -> Entry:
    """Look ``key`` up, for others may have kept it; have ``request`` spoken if it is not there.

    Raises:
        SpeechError: as ``pass_on``.
    """
    return await find(key, job) or await pass_on(request, job)


async def pass_on(request: SpeechRequest, job: Job[Relay]) -> Entry:
    """Have ``request`` spoken for as long as somebody listens; what was passed on, which lies nowhere.

    Raises:
        SpeechError: nobody spoke, or the voice broke off, or what it made is no audio.
    """
    relay, meter = job.broadcast, Meter(request.format)
    try:
        async with relay.while_heard():
            said = await _speak_to(relay, request, meter)
            job.characters = 0 if said.kept else len(request.text)
    except SpeechError as error:
        relay.end(error)
        raise
    relay.end()
    return entry_of(relay.spoken or request, meter.duration_s(), meter.size_bytes)


async def _speak_to(relay: Relay, request: SpeechRequest, meter: Meter) -> Speaking:
    """Send everybody the audio as it comes, at the pace of the slowest; what was really spoken."""
    speaking = await first_to_speak(request)
    relay.begin(speaking.request)
    async with aclosing(speaking.chunks) as chunks:
        async for chunk in chunks:
            meter.feed(chunk)
            await relay.send(chunk)
    return speaking
