"""``POST /tts/prefetch``: what is made for somebody who is about to come to it, and for whom nothing is."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import httpx2 as httpx
import pytest
from pytest_django import Settings

from accounts.models import Flag, Quota, User
from tests.http import signed_in, stranger
from tests.vendors.server import FakeVendors
from voice.calls.pregeneration import pregeneration
from voice.models import CallSession, Message, SpokenMessage
from voice.notifications import presence
from voice.notifications.post import post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vendor", "settled")]


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    return signed_in(user)


@pytest.fixture
def messages(user: User) -> list[Message]:
    """Three replies that nobody has heard."""
    call = CallSession.objects.create(owner=user)
    return [call.messages.create(author=Message.Author.ASSISTANT, text=f"Reply number {n}.") for n in range(3)]


def ids(messages: list[Message]) -> dict[str, list[str]]:
    return {"message_ids": [str(message.pk) for message in messages]}


async def states() -> list[str]:
    return [row.state async for row in SpokenMessage.objects.order_by("message__created_at")]


async def test_messages_are_made_one_after_the_other_and_once(
    client: httpx.AsyncClient, messages: list[Message], vendor: FakeVendors
) -> None:
    answer = await client.post("/tts/prefetch", json=ids(messages))
    assert (answer.status_code, answer.json()) == (202, ids(messages))
    again = await client.post("/tts/prefetch", json=ids(messages))
    assert (again.status_code, again.json()) == (202, {"message_ids": []})
    await pregeneration.settle(10)
    assert await states() == ["ready"] * 3
    assert (len(vendor.heard), vendor.most_at_once) == (3, 1)
    assert (await client.get(messages[0].audio_url)).headers["X-Cache"] == "hit"


async def test_what_is_in_the_cache_is_ready_without_being_made(
    client: httpx.AsyncClient, messages: list[Message], vendor: FakeVendors
) -> None:
    assert (await client.get(messages[0].audio_url)).status_code == 200
    await client.post("/tts/prefetch", json=ids(messages[:1]))
    await pregeneration.settle(10)
    assert (await states(), len(vendor.heard)) == (["ready"], 1)


async def test_who_saves_data_is_spared(
    client: httpx.AsyncClient, messages: list[Message], vendor: FakeVendors
) -> None:
    answer = await client.post("/tts/prefetch", json=ids(messages), headers={"Save-Data": "on"})
    assert (answer.status_code, answer.json()) == (202, {"message_ids": []})
    assert (await states(), vendor.heard) == ([], [])


@pytest.mark.parametrize("feature", ["prefetch", "speech"])
async def test_who_may_not_is_told_so(client: httpx.AsyncClient, messages: list[Message], feature: str) -> None:
    await Flag.objects.aupdate_or_create(name=feature, defaults={"everyone": False})
    answer = await client.post("/tts/prefetch", json=ids(messages))
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "feature_off")


async def test_replies_are_not_made_ahead_for_who_may_not(
    client: httpx.AsyncClient, messages: list[Message], vendor: FakeVendors
) -> None:
    await Flag.objects.aupdate_or_create(name="prefetch", defaults={"everyone": False})
    said = await client.post(f"/calls/{messages[0].call_id}/messages", json={"text": "say Quiet"})
    assert said.status_code == 201
    assert (await states(), vendor.heard) == ([], [])


async def test_nothing_is_made_ahead_where_nothing_is_kept(
    client: httpx.AsyncClient, messages: list[Message], vendor: FakeVendors, settings: Settings
) -> None:
    settings.TTS_STORAGE = "off"
    assert (await client.post("/tts/prefetch", json=ids(messages))).json() == {"message_ids": []}
    assert (await states(), vendor.heard) == ([], [])


async def test_who_has_nothing_left_is_not_told_of_what_they_did_not_ask_for(
    client: httpx.AsyncClient, user: User, messages: list[Message], vendor: FakeVendors
) -> None:
    await Quota.objects.acreate(user=user, characters_per_day=20)
    await client.post("/tts/prefetch", json=ids(messages))
    await pregeneration.settle(10)
    assert (await states(), len(vendor.heard)) == (["ready", "dropped", "dropped"], 1)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who closes their last tab is gone at once."""
    monkeypatch.setattr(presence, "GRACE_S", 0.05)


async def test_what_is_not_begun_when_the_reader_leaves_is_dropped(
    client: httpx.AsyncClient, user: User, messages: list[Message], vendor: FakeVendors, impatient: None
) -> None:
    vendor.hold.clear()
    async with post().box(user.pk):
        await client.post("/tts/prefetch", json=ids(messages))
        while not vendor.heard:
            await asyncio.sleep(0.01)
    while await states() != ["dropped"] * 3:
        await asyncio.sleep(0.01)
    vendor.hold.set()
    await pregeneration.settle(10)
    assert len(vendor.heard) == 1
    begun_is_finished = await client.get(messages[0].audio_url)
    assert begun_is_finished.headers["X-Cache"] in ("joined", "hit")
    assert len(vendor.heard) == 1


async def test_a_reader_with_another_tab_has_not_left(
    client: httpx.AsyncClient, user: User, messages: list[Message], vendor: FakeVendors, impatient: None
) -> None:
    vendor.hold.clear()
    async with post().box(user.pk):
        async with post().box(user.pk):
            await client.post("/tts/prefetch", json=ids(messages))
            while not vendor.heard:
                await asyncio.sleep(0.01)
        vendor.hold.set()
        await pregeneration.settle(10)
    assert await states() == ["ready"] * 3


async def test_a_program_without_a_tab_gets_what_it_asked_for(
    client: httpx.AsyncClient, messages: list[Message], impatient: None
) -> None:
    await client.post("/tts/prefetch", json=ids(messages))
    await pregeneration.settle(10)
    assert await states() == ["ready"] * 3


async def test_a_message_that_is_deleted_meanwhile_is_passed_over(
    client: httpx.AsyncClient, messages: list[Message], vendor: FakeVendors
) -> None:
    vendor.hold.clear()
    await client.post("/tts/prefetch", json=ids(messages))
    while not vendor.heard:
        await asyncio.sleep(0.01)
    await messages[1].adelete()
    vendor.hold.set()
    await pregeneration.settle(10)
    assert (await states(), len(vendor.heard)) == (["ready", "ready"], 2)


@pytest.mark.parametrize("body", [{}, {"message_ids": []}, {"message_ids": "x"}, {"message_ids": ["x"]}, []])
async def test_a_body_that_names_no_messages_is_refused(client: httpx.AsyncClient, body: Any) -> None:
    answer = await client.post("/tts/prefetch", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_request")


async def test_so_is_one_that_names_too_many(client: httpx.AsyncClient) -> None:
    answer = await client.post("/tts/prefetch", json={"message_ids": [str(uuid4()) for _ in range(11)]})
    assert answer.status_code == 400


@pytest.fixture
def eve(transactional_db: None) -> httpx.AsyncClient:
    return signed_in(User.objects.create_user("eve"))


async def test_somebody_elses_messages_are_not_found(eve: httpx.AsyncClient, messages: list[Message]) -> None:
    assert (await eve.post("/tts/prefetch", json=ids(messages))).status_code == 404
    assert await states() == []


async def test_a_stranger_is_told_to_sign_in(messages: list[Message]) -> None:
    assert (await stranger().post("/tts/prefetch", json=ids(messages))).status_code == 401
