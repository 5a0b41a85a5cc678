"""The story of this product, on one screen."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

from django.conf import settings

from accounts.account import Account
from accounts.errors import AccountError, LimitsUnavailable
from voice.audio import threads
from voice.cache.access import look_up_hot
from voice.cache.key import cache_key
from voice.domain.errors import InvalidRequest, NothingToSay, SpeechDisabled
from voice.domain.speech import SpeechRequest
from voice.speech import accounting
from voice.speech.broadcast import Broadcast
from voice.speech.inflight import in_flight
from voice.speech.passing import find_or_pass_on
from voice.speech.production import find_or_make
from voice.speech.relay import Relay
from voice.speech.speech import AnyJob, Found, Live, Speech
from voice.text.cleaning import clean

CLEANED_TEXTS: Final = 256
"""Cleaning a reply takes longer than looking it up, and a hit is by its nature a text that was here before."""

LONG_TEXT: Final = 2_000
"""Characters that take a millisecond to clean (docs/performance.md); Markdown made to be slow takes some more."""


async def speak(request: SpeechRequest, account: Account | None, *, keep: bool = True) -> Speech:
    """Say ``request``, written in Markdown: from the cache, along with somebody who asks the same, or anew.

    What comes back may still be in the making: wait for its ``ready()`` before answering. Without ``keep`` nothing is
    stored, nobody whose audio is to be stored shares it, and it ends when nobody listens any longer.

    Raises:
        SpeechDisabled, InvalidRequest, NothingToSay: there will be no audio.
        AccountError: nothing new is made on this account just now.
    """
    if not settings.TTS_ENABLED:
        raise SpeechDisabled("Speech is switched off here.")
    check_length(request.text)
    allowed = account.limits.providers if account else frozenset()
    request = replace(request, text=await _cleaned(request.text), providers=allowed)
    key = cache_key(request)
    if (hot := look_up_hot(key)) is not None:
        return accounting.hit(account, Found(*hot), len(request.text))
    live = await _take_part(request, key, account, keep=keep and settings.TTS_STORAGE != "off")
    if (found := await live.found()) is not None:
        return accounting.hit(account, Found(*found), len(request.text))
    live.job.when_made(partial(accounting.part, account, live))
    return live


async def _take_part(request: SpeechRequest, key: str, account: Account | None, *, keep: bool) -> Live:
    """A part in the making of ``request``, once it is known to be there or to be made.

    Raises:
        AccountError, InvalidRequest: it may not be made. Somebody else's refusal is none of ours: then it starts anew.
    """
    while True:
        live = _join_or_start(request, key, account, keep=keep)
        try:
            await live.found()
        except AccountError as error:
            if not live.joined or live.job.refused == account or isinstance(error, LimitsUnavailable):
                raise
        else:
            return live


def _join_or_start(request: SpeechRequest, key: str, account: Account | None, *, keep: bool) -> Live:
    """A part in the making of ``request``; what is to be kept and what is not are made apart."""
    job: AnyJob
    if keep:
        job, joined = in_flight.join_or_start(key, partial(find_or_make, request, key, account), Broadcast)
    else:
        passing_on = partial(find_or_pass_on, request, key, account)
        job, joined = in_flight.join_or_start(f"{key}, in passing", passing_on, Relay)
    return Live(key, job, joined, job.broadcast.listen())


def check_length(text: str) -> None:
    """See that ``text`` is neither blank nor too long.

    Raises:
        InvalidRequest: it is.
    """
    if not text.strip():
        raise InvalidRequest.of("text", "There is no text; it may not be blank.")
    limit = settings.TTS_MAX_CHARACTERS
    if len(text) > limit:
        raise InvalidRequest.of("text", f"At most {limit} characters (TTS_MAX_CHARACTERS); these are {len(text)}.")


async def _cleaned(markdown: str) -> str:
    """The words of ``markdown``, without holding up the event loop over a long one."""
    return speakable_text(markdown) if len(markdown) < LONG_TEXT else await threads.run(speakable_text, markdown)


@lru_cache(CLEANED_TEXTS)
def speakable_text(markdown: str) -> str:
    """The words of ``markdown``.

    Raises:
        NothingToSay: there are none.
    """
    words = clean(markdown)
    if not words:
        raise NothingToSay("There is nothing in this text that can be said.")
    return words
