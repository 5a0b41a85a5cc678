from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import cast

import pytest

from tests.audio import tone
from voice.domain.audio import AudioFormat
from voice.domain.errors import (
    ProviderError,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
    UnsupportedText,
)
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.provider import CallRules, Provider
from voice.speech.availability import availability
from voice.speech.breaker import OPENS_AT
from voice.speech.retrying import begin

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Hello", VoiceId("openai", "alloy"), format=AudioFormat.PCM)
LATER = ProviderUnavailable("openai", "a 503")


class Moody:
    """A provider that fails as told before it speaks, and notes when it was called."""

    name = "openai"

    def __init__(self, *failures: Exception, attempts: int = 3, pause_s: float = 0.0) -> None:
        self._failures = list(failures)
        self._rules = CallRules(attempts=attempts, pause_s=pause_s)
        self.called_at_s: list[float] = []

    def rules(self) -> CallRules:
        return self._rules

    async def synthesize(self, _segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        self.called_at_s.append(asyncio.get_running_loop().time())
        if self._failures:
            raise self._failures.pop(0)
        yield tone(0.1)


async def spoken(moody: Moody, limit_s: float = 5.0) -> bytes:
    until_s = asyncio.get_running_loop().time() + limit_s
    chunks = await begin(cast("Provider", moody), HELLO, until_s)
    return b"".join([chunk async for chunk in chunks])


async def test_what_may_pass_is_tried_as_often_as_the_provider_wants() -> None:
    moody = Moody(LATER, LATER, attempts=3)
    assert await spoken(moody) == tone(0.1)
    assert len(moody.called_at_s) == 3


@pytest.mark.parametrize("attempts", [1, 2])
async def test_and_no_more_often(attempts: int) -> None:
    moody = Moody(*[LATER] * 5, attempts=attempts)
    with pytest.raises(ProviderUnavailable):
        await spoken(moody)
    assert len(moody.called_at_s) == attempts


@pytest.mark.parametrize("error", [ProviderRejected("openai", "never"), UnsupportedText("not these words")])
async def test_what_will_not_pass_is_not_tried_again(error: ProviderError | UnsupportedText) -> None:
    moody = Moody(error)
    with pytest.raises(type(error)):
        await spoken(moody)
    assert len(moody.called_at_s) == 1


@pytest.mark.parametrize(("pause_s", "asked_s"), [(0.2, 0.0), (0.0, 0.2), (0.2, 0.1)])
async def test_the_pause_is_the_longer_of_the_rules_and_the_wait_that_was_asked_for(
    pause_s: float, asked_s: float
) -> None:
    moody = Moody(ProviderRateLimited("openai", "slowly", retry_after_s=asked_s), pause_s=pause_s)
    assert await spoken(moody) == tone(0.1)
    first_s, second_s = moody.called_at_s
    assert second_s - first_s >= 0.199  # a millisecond is what a loop's clock may be off by


@pytest.mark.parametrize(("pause_s", "asked_s"), [(10.0, 0.0), (0.0, 10.0)])
async def test_a_pause_that_does_not_fit_is_not_made(pause_s: float, asked_s: float) -> None:
    moody = Moody(ProviderRateLimited("openai", "slowly", retry_after_s=asked_s), pause_s=pause_s)
    with pytest.raises(ProviderRateLimited):
        await spoken(moody, limit_s=5.0)
    assert len(moody.called_at_s) == 1


async def test_nobody_insists_on_a_provider_that_is_to_be_left_alone() -> None:
    moody = Moody(*[LATER] * 10, attempts=10)
    with pytest.raises(ProviderUnavailable):
        await spoken(moody)
    assert len(moody.called_at_s) == OPENS_AT
    assert availability.is_open("openai")
