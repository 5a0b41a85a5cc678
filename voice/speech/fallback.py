"""Who speaks: the providers of the chain in turn, until one gives a first chunk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone

from voice.cache.access import look_up
from voice.cache.index import Entry
from voice.cache.key import cache_key
from voice.cache.touches import touch
from voice.domain.errors import (
    AllProvidersFailed,
    BadAudio,
    ProviderError,
    ProviderRejected,
    ProviderUnavailable,
    SpeechError,
    UnsupportedText,
)
from voice.domain.speech import SpeechRequest
from voice.providers import catalogue
from voice.providers.catalogue import Catalogue
from voice.providers.choosing import choose_model
from voice.providers.registry import chain, provider
from voice.speech.availability import availability
from voice.speech.breaker import FIRST_PAUSE_S
from voice.speech.probing import probes
from voice.speech.synthesis import synthesize


@dataclass(frozen=True, slots=True)
class Speaking:
    """A provider that has given its first chunk: what it says, and the chunks from the first on, in that format.

    ``kept`` is the entry in the cache that they are read from, when a stand-in said it before.
    """

    request: SpeechRequest
    chunks: AsyncGenerator[bytes, None]
    kept: Entry | None = None


async def first_to_speak(request: SpeechRequest) -> Speaking:
    """Ask the request's own provider, then the rest of the chain; the first chunk decides.

    Each provider costs TTS_PROVIDER_TIMEOUT at most, with everything that is tried with it. One without a key, or left
    alone after failures, costs nothing; and so does a stand-in that has said the same before.

    Raises:
        UnsupportedText: not one of them can say these words, and at least one was able to judge.
        AllProvidersFailed: none gave a first chunk; it says why, by provider, and when to come back.
        InvalidRequest: the format needs an extra that is not installed.
    """
    known = await catalogue.fresh()
    failures: dict[str, SpeechError] = {}
    for candidate in _candidates(request, known):
        name = candidate.voice.provider
        if candidate is not request and (said := await _said_before(candidate)) is not None:
            return said
        try:
            _check_usable(candidate, known)
            return await _spoken_by(candidate, known)
        except (UnsupportedText, ProviderError) as error:
            failures[name] = error
        finally:
            probes.see_to(name)
    raise _failure(failures)


def _candidates(request: SpeechRequest, known: Catalogue) -> Iterator[SpeechRequest]:
    """The request as each provider of the chain would hear it: its own first, then the others in the nearest voices."""
    yield request
    for other in chain():
        if other.name != request.voice.provider and (not request.providers or other.name in request.providers):
            voice = known.stand_in(request.voice, other.name)
            yield replace(request, voice=voice, model=choose_model("", voice), settings={}, stitch=None)


def _check_usable(candidate: SpeechRequest, known: Catalogue) -> None:
    """See that it makes sense to ask, without asking.

    Raises:
        ProviderUnavailable: the provider lacks a key or a package.
        ProviderRejected: its vendor has switched the model off.
        ProviderError: it failed lately and is left alone.
    """
    name = candidate.voice.provider
    reason = provider(name).unavailable_because()
    if reason is not None:
        raise ProviderUnavailable(name, reason)
    if known.is_over(name, candidate.model, timezone.now().date()):
        raise ProviderRejected(name, f"Its model {candidate.model} has been switched off.")
    availability.refuse(name)


async def _spoken_by(candidate: SpeechRequest, known: Catalogue) -> Speaking:
    """``candidate`` in its own voice, or in the one that stands in for it where the failure was not the vendor's day.

    Raises:
        UnsupportedText, ProviderError: neither spoke.
        InvalidRequest: as ``synthesize``.
    """
    speaker = provider(candidate.voice.provider)
    until_s = asyncio.get_running_loop().time() + settings.TTS_PROVIDER_TIMEOUT
    try:
        return Speaking(candidate, await synthesize(speaker, candidate, until_s))
    except (ProviderRejected, BadAudio):
        voice = known.fallback_of(candidate.voice)
        if voice is None:
            raise
    candidate = replace(candidate, voice=voice)
    said = await _said_before(candidate)
    return said or Speaking(candidate, await synthesize(speaker, candidate, until_s))


async def _said_before(candidate: SpeechRequest) -> Speaking | None:
    """``candidate`` as the cache has it."""
    found = await look_up(cache_key(candidate))
    if found is None:
        return None
    entry, audio = found
    touch(entry.key)
    return Speaking(candidate, audio.read(0, audio.size_bytes), entry)


def _failure(failures: Mapping[str, SpeechError]) -> SpeechError:
    """What to tell when nobody spoke."""
    unsupported = [error for error in failures.values() if isinstance(error, UnsupportedText)]
    if len(unsupported) == len(failures):
        return unsupported[-1]
    waits = [error.retry_after_s for error in failures.values() if error.retry_after_s]
    reasons = {name: error.code for name, error in failures.items()}
    return AllProvidersFailed(reasons, retry_after_s=min(waits, default=FIRST_PAUSE_S))
