"""What a tab is told and in which order, whatever comes at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from accounts.models import User
from voice.consumers import reader
from voice.consumers.closing import Closing, Code
from voice.consumers.reader import Reader
from voice.models import CallSession, Message, SpokenMessage
from voice.notifications import journal
from voice.notifications.household import BOX_SIZE, Box
from voice.notifications.journal import Outcome
from voice.notifications.notify import Notice

pytestmark = pytest.mark.django_db(transaction=True)


class ATab:
    """A box, its reader, and what it was told."""

    def __init__(self, user: User) -> None:
        self.box: Box = asyncio.Queue(BOX_SIZE)
        self.heard: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()
        self.reader = Reader(user.pk, self.box, self.heard.put)

    async def hears(self, count: int) -> list[str]:
        """The next so many things, by their message or what they are."""
        async with asyncio.timeout(5):
            told = [await self.heard.get() for _ in range(count)]
        return [str(one.get("message_id") or one["type"]) for one in told]


@pytest.fixture
async def one(user: User, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ATab]:
    """A tab that is read to."""
    monkeypatch.setattr(reader, "PATIENCE_S", 60.0)
    tab = ATab(user)
    reading = asyncio.create_task(tab.reader.read())
    yield tab
    reading.cancel()
    await asyncio.wait({reading})


@sync_to_async
def settled(user: User, count: int) -> list[Notice]:
    """Notices of messages that have just become ready."""
    call = CallSession.objects.create(owner=user)
    notices = []
    for number in range(count):
        reply = call.messages.create(author=Message.Author.ASSISTANT, text=f"{number}")
        until = timezone.now() + timedelta(minutes=1)
        SpokenMessage.objects.create(message=reply, owner=user, state="making", worker="w", leased_until=until)
        told = journal.settle(reply.pk, "w", Outcome(1.0))
        assert told is not None
        notices.append(told[1])
    return notices


def names(notices: list[Notice]) -> list[str]:
    return [notice["message_id"] for notice in notices]


async def test_what_comes_before_it_is_known_where_the_tab_is_is_told_in_its_place(one: ATab, user: User) -> None:
    first, second, third = await settled(user, 3)
    one.box.put_nowait(third)
    one.reader.go_back_to(int(first["cursor"]))
    assert await one.hears(3) == [*names([second, third]), "caught-up"]


async def test_what_comes_twice_is_told_once(one: ATab, user: User) -> None:
    first, second = await settled(user, 2)
    one.reader.go_back_to(int(first["cursor"]) - 1)
    one.box.put_nowait(first)
    one.box.put_nowait(second)
    one.box.put_nowait({"type": "audio-ready", "message_id": "another"})
    assert await one.hears(4) == [*names([first, second]), "caught-up", "another"]


async def test_what_was_lost_on_the_way_is_told_when_it_looks_again(one: ATab, user: User) -> None:
    one.reader.go_back_to(None)
    assert await one.hears(1) == ["caught-up"]
    lost, found = await settled(user, 2)
    one.reader.look_again()
    assert await one.hears(2) == names([lost, found])
    one.reader.look_again()
    one.box.put_nowait({"type": "audio-ready", "message_id": "next"})
    assert await one.hears(1) == ["next"]


async def test_what_has_no_place_in_the_order_is_passed_on_at_once(one: ATab) -> None:
    one.box.put_nowait({"type": "audio-ready", "message_id": "loose"})
    assert await one.hears(1) == ["loose"]


async def test_who_does_not_say_where_they_are_is_told_of_the_last_moment(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "PATIENCE_S", 0.01)
    before = await settled(user, 2)
    tab = ATab(user)
    reading = asyncio.create_task(tab.reader.read())
    assert await tab.hears(3) == [*names(before), "caught-up"]
    reading.cancel()


async def test_a_tab_that_is_too_slow_is_sent_away(user: User) -> None:
    tab = ATab(user)
    for number in range(BOX_SIZE):
        tab.box.put_nowait({"type": str(number)})
    with pytest.raises(Closing) as closing:
        await tab.reader.read()
    assert closing.value.code == Code.TRY_AGAIN
