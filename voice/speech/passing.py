"""From a request to audio that is passed on to those who listen, and that nobody keeps."""

from __future__ import annotations

from contextlib import aclosing

from accounts.account import Account
from voice.audio.metering import Meter
from voice.cache.index import Entry
from voice.domain.errors import SpeechError
from voice.domain.speech import SpeechRequest
from voice.speech.ceiling import Ceiling
from voice.speech.fallback import first_to_speak
from voice.speech.inflight import Job
from voice.speech.paying import paid
from voice.speech.production import entry_of, find
from voice.speech.relay import Relay


async def find_or_pass_on(request: SpeechRequest, key: str, account: Account | None, job: Job[Relay]) -> Entry:
    """Look ``key`` up, for others may have kept it; have ``request`` spoken, on ``account``, if it is not there.

    Raises:
        AccountError, InvalidRequest: it may not be made.
        SpeechError: as ``pass_on``.
    """
    if (found := await find(key, job)) is not None:
        return found
    async with paid(request, account, job) as bill:
        passed = await pass_on(request, job)
        bill.charge_for(job, passed.duration_s)
    return passed


async def pass_on(request: SpeechRequest, job: Job[Relay]) -> Entry:
    """Have ``request`` spoken for as long as somebody listens; what was passed on, which lies nowhere.

    Raises:
        SpeechError: nobody spoke, or the voice broke off, or what it made is no audio.
    """
    relay, meter = job.broadcast, Meter(request.format)
    try:
        async with relay.while_heard():
            await _speak_to(job, request, meter)
    except SpeechError as error:
        relay.end(error)
        raise
    relay.end()
    return entry_of(relay.spoken or request, meter.duration_s(), meter.size_bytes)


async def _speak_to(job: Job[Relay], request: SpeechRequest, meter: Meter) -> None:
    """Send everybody the audio as it comes, at the pace of the slowest. Begun is paid for, whoever leaves."""
    relay, ceiling = job.broadcast, Ceiling(request.format)
    speaking = await first_to_speak(request)
    job.characters = 0 if speaking.kept else len(request.text)
    relay.begin(speaking.request)
    async with aclosing(speaking.chunks) as chunks:
        async for chunk in chunks:
            ceiling.feed(chunk)
            meter.feed(chunk)
            await relay.send(chunk)
