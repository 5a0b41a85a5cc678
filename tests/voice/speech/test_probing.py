from __future__ import annotations

import asyncio

import pytest

from voice.domain.errors import BadAudio, ProviderRejected, ProviderTimeout, ProviderUnavailable, SpeechError
from voice.speech.availability import Availability
from voice.speech.probing import IDLE_S, Probes


class Vendor:
    """A provider that answers probes as told, on a clock that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.answers: list[SpeechError | None] = []
        self.tried_at_s: list[float] = []
        self.availability = Availability(lambda: self.now_s)
        self.probes = Probes(self.availability, self.say, lambda: self.now_s, self.sleep)

    async def say(self, name: str) -> None:
        """What a call does: it tells how it came out."""
        self.tried_at_s.append(self.now_s)
        answer = self.answers.pop(0) if self.answers else ProviderUnavailable(name, "still")
        if answer is None:
            self.availability.spoke(name)
        else:
            self.availability.failed(name, answer)

    async def sleep(self, seconds: float) -> None:
        self.now_s += seconds
        await asyncio.sleep(0)

    def break_down(self) -> None:
        self.availability.failed("openai", ProviderTimeout("openai", "gone"))
        assert self.availability.is_open("openai")


@pytest.fixture
def vendor() -> Vendor:
    return Vendor()


async def _ended(vendor: Vendor) -> None:
    async with asyncio.timeout(5):
        while vendor.probes._tasks:
            await asyncio.sleep(0)


async def test_it_tries_with_growing_pauses_until_it_speaks(vendor: Vendor) -> None:
    vendor.break_down()
    vendor.answers = [*[ProviderUnavailable("openai", "still")] * 4, None]
    vendor.probes.see_to("openai")
    await _ended(vendor)
    assert [at_s - 1000 for at_s in vendor.tried_at_s] == [1, 3, 7, 15, 31]
    assert not vendor.availability.is_open("openai")


async def test_a_provider_in_order_is_left_in_peace(vendor: Vendor) -> None:
    vendor.probes.see_to("openai")
    await _ended(vendor)
    assert vendor.tried_at_s == []


async def test_one_task_looks_after_a_provider_however_many_ask(vendor: Vendor) -> None:
    vendor.break_down()
    vendor.answers = [None]
    for _ in range(50):
        vendor.probes.see_to("openai")
    await _ended(vendor)
    assert len(vendor.tried_at_s) == 1


async def test_nobody_is_called_when_nobody_has_asked_for_a_while(vendor: Vendor) -> None:
    vendor.break_down()
    vendor.probes.see_to("openai")
    await _ended(vendor)
    assert max(vendor.tried_at_s) - 1000 < IDLE_S + 60
    assert not vendor.availability.is_open("openai"), "the next listener finds out"
    vendor.availability.failed("openai", ProviderUnavailable("openai", "still"))
    assert vendor.availability.is_open("openai"), "and nobody after that one"


async def test_asking_goes_on_being_looked_after(vendor: Vendor) -> None:
    vendor.break_down()
    vendor.answers = [*[ProviderUnavailable("openai", "still")] * 20, None]
    vendor.probes.see_to("openai")
    while vendor.probes._tasks:
        await asyncio.sleep(0)
        vendor.probes.see_to("openai")
    assert len(vendor.tried_at_s) == 21


@pytest.mark.parametrize("error", [BadAudio, ProviderUnavailable, ProviderTimeout])
async def test_what_is_not_an_answer_in_audio_is_a_try_in_vain(
    vendor: Vendor, error: type[BadAudio | ProviderUnavailable | ProviderTimeout]
) -> None:
    vendor.break_down()
    vendor.answers = [error("openai", "no"), None]
    vendor.probes.see_to("openai")
    await _ended(vendor)
    assert [at_s - 1000 for at_s in vendor.tried_at_s] == [1, 3]


async def test_a_refusal_shows_that_the_vendor_is_there(vendor: Vendor) -> None:
    vendor.break_down()
    vendor.answers = [ProviderRejected("openai", "not this voice")]
    vendor.probes.see_to("openai")
    await _ended(vendor)
    assert len(vendor.tried_at_s) == 1
    assert not vendor.availability.is_open("openai")


async def test_the_wait_a_vendor_asks_for_is_kept(vendor: Vendor) -> None:
    vendor.break_down()
    vendor.answers = [ProviderUnavailable("openai", "later", retry_after_s=90), None]
    vendor.probes.see_to("openai")
    await _ended(vendor)
    assert [at_s - 1000 for at_s in vendor.tried_at_s] == [1, 91]


async def test_closing_ends_every_task(vendor: Vendor) -> None:
    vendor.break_down()
    vendor.probes.see_to("openai")
    await vendor.probes.close()
    assert not vendor.probes._tasks
    assert vendor.tried_at_s == []
