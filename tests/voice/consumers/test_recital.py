"""What is dictated is made ahead of its turn, on its owner's account, and let go when nobody is to hear it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from accounts.account import Account
from accounts.features import ALL, Feature
from tests.dictating import Heard
from tests.tabs import PATIENCE_S
from tests.vendors.server import FakeVendors
from voice.api.serializers.dictation import to_manner
from voice.consumers.dictation import Dictation
from voice.consumers.recital import Recital
from voice.consumers.socket import Bounds, Socket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]


class Ear:
    """What a socket sends, taken in."""

    def __init__(self) -> None:
        self.heard = Heard()
        self._news = asyncio.Event()

    async def send(self, message: dict[str, Any]) -> None:
        self.heard.take(message["bytes"] if "bytes" in message else message["text"])
        self._news.set()

    async def until(self, kind: str, count: int = 1) -> Heard:
        """Everything so far, once as many events of this type have come."""
        return await self._once(lambda: len(self.heard.of(kind)) >= count)

    async def until_audio(self) -> Heard:
        """Everything so far, once some of it is audio."""
        return await self._once(lambda: bool(self.heard.chunks))

    async def _once(self, enough: Callable[[], bool]) -> Heard:
        async with asyncio.timeout(PATIENCE_S):
            while not enough():
                self._news.clear()
                await self._news.wait()
        return self.heard


async def never() -> dict[str, Any]:
    return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]


@asynccontextmanager
async def recital_on(account: Account) -> AsyncIterator[tuple[Dictation, Recital, Ear]]:
    """Somebody dictates on ``account``, and leaves in the end."""
    ear, dictation = Ear(), Dictation(account, to_manner({}, account))
    recital = Recital(Socket(never, ear.send, Bounds(4_096, 120)), dictation)
    running = asyncio.create_task(recital.run())
    try:
        yield dictation, recital, ear
    finally:
        running.cancel()
        await asyncio.wait({running})
        assert running.cancelled()


async def requests(vendor: FakeVendors, count: int) -> list[str]:
    """What the vendor was asked to say, once it was asked as often."""
    async with asyncio.timeout(PATIENCE_S):
        while len(vendor.heard) < count:
            await asyncio.sleep(0.01)
    return [heard.body["input"] for heard in vendor.heard]


async def test_the_next_sentence_is_made_while_one_is_heard_and_no_other(vendor: FakeVendors, account: Account) -> None:
    vendor.hold.clear()
    async with recital_on(account) as (dictation, _, ear):
        dictation.write("One. Two. Three. Four. ")
        await ear.until("segment")
        assert sorted(await requests(vendor, 2)) == ["One.", "Two."]
        vendor.hold.set()
        dictation.end()
        heard = await ear.until("done")
    assert heard.said == ["One.", "Two.", "Three.", "Four."]
    assert len(vendor.heard) == 4


async def test_chunks_are_sent_as_they_are_made(vendor: FakeVendors, account: Account) -> None:
    vendor.hold.clear()
    async with recital_on(account) as (dictation, _, ear):
        dictation.write("One. ")
        dictation.end()
        heard = await ear.until_audio()
        assert heard.finished == set()
        vendor.hold.set()
        assert (await ear.until("done")).finished == {0}
    assert len(heard.chunks[0]) > 2


async def test_what_is_interrupted_is_finished_and_kept_and_what_had_not_begun_is_never_made(
    vendor: FakeVendors, account: Account
) -> None:
    vendor.hold.clear()
    async with recital_on(account) as (dictation, recital, ear):
        dictation.write("One. Two. Three. Four. ")
        await requests(vendor, 2)
        dictation.interrupt()
        recital.break_off()
        await ear.until("interrupted")
        vendor.hold.set()
        dictation.write("One. ")
        dictation.end()
        heard = await ear.until("done")
    assert heard.said[-1] == "One."
    assert sorted(await requests(vendor, 2)) == ["One.", "Two."]


async def test_where_nothing_is_kept_nothing_is_made_for_who_has_left(
    vendor: FakeVendors, account: Account, settings: Settings
) -> None:
    settings.TTS_STORAGE = "off"
    vendor.hold.clear()
    async with recital_on(account) as (dictation, _, _ear):
        dictation.write("One. Two. Three. ")
        await requests(vendor, 2)
    async with asyncio.timeout(PATIENCE_S):
        await vendor.left.wait()
    assert len(vendor.heard) == 2


async def test_each_sentence_is_paid_for_until_nothing_is_left(vendor: FakeVendors, account: Account) -> None:
    limited = replace(account, limits=replace(account.limits, characters_per_day=20))
    async with recital_on(limited) as (dictation, _, ear):
        dictation.write("Ten letters here. Another ten letters. ")
        dictation.end()
        heard = await ear.until("done")
    (error,) = heard.of("error")
    assert (error["index"], error["error"]["code"]) == (1, "quota_exceeded")
    assert error["error"]["retry_after"] > 0
    assert heard.finished == {0}


async def test_who_may_not_stream_hears_a_segment_when_it_is_complete(vendor: FakeVendors, account: Account) -> None:
    async with recital_on(replace(account, features=ALL - {Feature.STREAMING})) as (dictation, _, ear):
        dictation.write("One. ")
        dictation.end()
        heard = await ear.until("done")
    assert [len(chunk) > 0 for chunk in heard.chunks[0]] == [True, False]


async def test_a_vendor_that_breaks_off_is_told_and_the_segment_has_no_end(
    vendor: FakeVendors, account: Account
) -> None:
    vendor.misbehave("openai", "cut")
    async with recital_on(account) as (dictation, _, ear):
        dictation.write("One. ")
        dictation.end()
        heard = await ear.until("done")
    (error,) = heard.of("error")
    assert error["error"]["code"] == "synthesis_broken"
    assert heard.finished == set()
    assert heard.of("segment-end") == []
