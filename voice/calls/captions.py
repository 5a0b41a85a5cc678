"""The captions of a message: its sentences, and when each of them is heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from accounts.account import Account
from voice.audio import threads
from voice.audio.alignment import align, estimate, in_proportion
from voice.audio.finding_speech import find_speech
from voice.audio.pauses import Speech, Stretch
from voice.cache.access import look_up
from voice.cache.index import Entry
from voice.cache.key import cache_key
from voice.cache.store import StoredAudio
from voice.cache.timings import Timing, recall, remember
from voice.calls.messages import as_spoken
from voice.domain.errors import InvalidRequest, UndecodableAudio
from voice.models import Message
from voice.speech.speak import speakable_text
from voice.speech.stand_ins import stand_ins
from voice.text.placing import Placed, placed_sentences

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Captions:
    """Sentences in their order, and the seconds each of them takes.

    They are ``exact`` when they were found in the audio; else they are what is to be expected. ``duration_s`` is that
    of the audio, None until it is complete.
    """

    sentences: Sequence[Placed]
    times: Sequence[tuple[float, float]]
    exact: bool
    duration_s: float | None


async def captions_of(message: Message, account: Account) -> Captions:
    """The captions of what ``account`` hears of ``message``. Asking makes no audio, and counts as no use of it.

    Raises:
        NothingToSay: there is not a word in it.
    """
    request = as_spoken(message, account)
    text = await threads.run(speakable_text, request.text)
    sentences = await threads.run(placed_sentences, text)
    found = await _look_up(cache_key(replace(request, text=text)))
    if found is None:
        return Captions(sentences, _pairs(estimate(_lengths(sentences))), exact=False, duration_s=None)
    timing = await _timing(*found, sentences)
    return Captions(sentences, timing.spans, timing.exact, found[0].duration_s)


async def _look_up(key: str) -> tuple[Entry, StoredAudio] | None:
    """The audio that is heard at ``key``: its own, or what a stand-in made a moment ago."""
    found = await look_up(key)
    if found is None and (stand_in := stand_ins.get(key)) is not None:
        return await look_up(stand_in.key)
    return found


async def _timing(entry: Entry, audio: StoredAudio, sentences: Sequence[Placed]) -> Timing:
    """When ``sentences`` are heard in ``audio``: as was found before, if they were cut alike then.

    Where nothing can be heard it is what is to be expected, and that is not kept.
    """
    known = await recall(entry)
    if known is not None and len(known.spans) == len(sentences):
        return known
    lengths = _lengths(sentences)
    speech = await _speech_in(entry, audio)
    if speech is None:
        return Timing(_pairs(in_proportion(lengths, Stretch(0.0, entry.duration_s))), exact=False)
    aligned = await threads.run(align, speech, lengths)
    timing = Timing(_pairs(aligned.sentences), aligned.exact)
    await remember(entry, timing)
    return timing


async def _speech_in(entry: Entry, audio: StoredAudio) -> Speech | None:
    """Where somebody speaks in ``audio``; None where that cannot be heard."""
    try:
        return await find_speech(audio.read(0, audio.size_bytes), entry.format)
    except (InvalidRequest, UndecodableAudio, OSError) as error:
        log.warning("captions_not_timed", key=entry.key, error=type(error).__name__)
        return None


def _lengths(sentences: Sequence[Placed]) -> list[float]:
    return [sentence.length for sentence in sentences]


def _pairs(stretches: Sequence[Stretch]) -> list[tuple[float, float]]:
    return [(stretch.start_s, stretch.end_s) for stretch in stretches]
