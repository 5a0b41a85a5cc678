"""From a request to a kept piece of audio, told to everybody who listens on the way."""

from __future__ import annotations

from contextlib import aclosing
from typing import Any, Final

from accounts.account import Account
from voice.audio import threads
from voice.audio.duration import duration_s
from voice.audio.finishing import finish
from voice.cache.access import keep, look_up
from voice.cache.index import Entry
from voice.cache.key import cache_key
from voice.cache.store import path_of
from voice.domain.errors import SpeechError
from voice.domain.speech import SpeechRequest
from voice.speech.broadcast import Broadcast
from voice.speech.ceiling import Ceiling
from voice.speech.fallback import Speaking, first_to_speak
from voice.speech.inflight import Job
from voice.speech.paying import paid
from voice.speech.stand_ins import stand_ins

SHORT_BYTES: Final = 65_536
"""What is measured in a tenth of a millisecond: less than the way to a thread and back."""


async def find_or_make(request: SpeechRequest, key: str, account: Account | None, job: Job[Broadcast]) -> Entry:
    """Look ``key`` up, and have ``request`` spoken if it is not there: one look and one voice for all who ask.

    It is made on ``account``, that of the first who asked.

    Raises:
        AccountError, InvalidRequest: it may not be made.
        SpeechError: as ``make``.
    """
    if (found := await find(key, job)) is not None:
        return found
    async with paid(request, account, job) as bill:
        entry = await make(request, job)
        bill.charge_for(job, entry.duration_s)
    if entry.key != key:
        stand_ins.put(key, entry)
    return entry


async def find(key: str, job: Job[Any]) -> Entry | None:
    """Look ``key`` up, and tell everybody who asked for ``job`` what was there, if anything was."""
    found = await look_up(key)
    if found is None:
        return None
    job.tell_found(found)
    return found[0]


async def make(request: SpeechRequest, job: Job[Broadcast]) -> Entry:
    """Have ``request`` spoken, and keep it, unless a stand-in's is kept already; its entry, by the voice that spoke.

    The listeners hear the end before it is kept: a store that is slow or full costs them nothing.

    Raises:
        SpeechError: nobody spoke, or the voice broke off, or what it made is no audio. Nothing is kept then.
    """
    broadcast = job.broadcast
    try:
        said = await _speak_to(broadcast, request)
    except SpeechError as error:
        broadcast.end(error)
        raise
    broadcast.end()
    if said.kept is not None:
        return said.kept
    job.characters = len(request.text)
    streamed = broadcast.data
    short = len(streamed) <= SHORT_BYTES
    entry, data = _complete(said.request, streamed) if short else await threads.run(_complete, said.request, streamed)
    await keep(entry, data)
    return entry


async def _speak_to(broadcast: Broadcast, request: SpeechRequest) -> Speaking:
    """Send everybody the audio as it comes; what was really spoken."""
    speaking, ceiling = await first_to_speak(request), Ceiling(request.format)
    broadcast.begin(speaking.request)
    async with aclosing(speaking.chunks) as chunks:
        async for chunk in chunks:
            ceiling.feed(chunk)
            broadcast.send(chunk)
    return speaking


def _complete(spoken: SpeechRequest, streamed: bytes) -> tuple[Entry, bytes]:
    """The finished file and what is to be known of it.

    Raises:
        UndecodableAudio: it is no audio of that format.
    """
    data = finish(streamed, spoken.format)
    return entry_of(spoken, duration_s(data, spoken.format), len(data)), data


def entry_of(spoken: SpeechRequest, seconds: float, size_bytes: int) -> Entry:
    """What is to be known of audio that was made of ``spoken``."""
    key = cache_key(spoken)
    path = path_of(key, spoken.format)
    return Entry(key, spoken.voice, spoken.model, spoken.format, path, seconds, size_bytes)
