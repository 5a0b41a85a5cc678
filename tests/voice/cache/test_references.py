"""Whose audio it is, and what goes with whom."""

from __future__ import annotations

from pathlib import Path

import httpx2 as httpx
import pytest
from asgiref.sync import sync_to_async
from django.db import transaction

from accounts.models import User
from tests.http import signed_in
from tests.vendors.server import FakeVendors
from voice.cache.references import references
from voice.models import AudioReference, CallSession, Message, TtsCache
from voice.speech.inflight import in_flight

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled", "vendor")]


@pytest.fixture
def eve(transactional_db: None) -> User:
    return User.objects.create_user("eve")


@pytest.fixture
async def ada_asks(user: User) -> httpx.AsyncClient:
    return await sync_to_async(signed_in)(user)


@pytest.fixture
async def eve_asks(eve: User) -> httpx.AsyncClient:
    return await sync_to_async(signed_in)(eve)


async def said_to(user: User, text: str = "A reply.") -> Message:
    """A message in a conversation of its own."""
    call = await CallSession.objects.acreate(owner=user, voice="openai:alloy")
    return await call.messages.acreate(author=Message.Author.ASSISTANT, text=text)


async def hear(client: httpx.AsyncClient, message: Message) -> None:
    assert (await client.get(message.audio_url)).status_code == 200
    await noted()


async def noted() -> None:
    """Wait until what was asked for is made and noted."""
    await in_flight.settle(5)
    await references.flush()


async def referred_to() -> set[tuple[str, object]]:
    """By whom, for which message."""
    found = AudioReference.objects.values_list("user__username", "message_id")
    return {one async for one in found}


def files(cache_dir: Path) -> int:
    return len([path for path in cache_dir.rglob("*.mp3") if path.is_file()])


async def kept(cache_dir: Path) -> int:
    """How many pieces of audio there are, each a row and a file."""
    rows = await TtsCache.objects.acount()
    assert files(cache_dir) == rows
    return rows


async def test_who_hears_a_message_is_noted_once(ada_asks: httpx.AsyncClient, user: User) -> None:
    message = await said_to(user)
    await hear(ada_asks, message)
    await hear(ada_asks, message)
    assert await referred_to() == {("ada", message.pk)}
    assert await AudioReference.objects.acount() == 1


async def test_who_has_a_text_said_is_noted_without_a_message(ada_asks: httpx.AsyncClient) -> None:
    await ada_asks.post("/tts", json={"text": "Hello", "voice": "openai:alloy"})
    await noted()
    await ada_asks.post("/tts", json={"text": "Hello", "voice": "openai:alloy"})
    await noted()
    assert await referred_to() == {("ada", None)}


async def test_who_joins_is_noted_as_well(
    ada_asks: httpx.AsyncClient, eve_asks: httpx.AsyncClient, vendor: FakeVendors
) -> None:
    asked = {"text": "Hello", "voice": "openai:alloy"}
    async with ada_asks.stream("POST", "/tts", json=asked) as first:
        second = await eve_asks.post("/tts", json=asked)
        await first.aread()
    await noted()
    assert second.status_code == 200
    assert len(vendor.heard) == 1
    assert await referred_to() == {("ada", None), ("eve", None)}


async def test_what_is_only_passed_on_leaves_no_trace(ada_asks: httpx.AsyncClient) -> None:
    asked = {"text": "Hello", "voice": "openai:alloy"}
    await ada_asks.post("/tts", json=asked, headers={"Cache-Control": "no-store"})
    await noted()
    assert await referred_to() == set()


async def test_a_conversation_takes_its_audio_with_it(ada_asks: httpx.AsyncClient, user: User, cache_dir: Path) -> None:
    message = await said_to(user)
    await hear(ada_asks, message)
    assert await kept(cache_dir) == 1
    assert (await ada_asks.delete(f"/calls/{message.call_id}")).status_code == 204
    assert await kept(cache_dir) == 0


async def test_audio_of_a_deleted_message_is_not_found_at_its_address(ada_asks: httpx.AsyncClient, user: User) -> None:
    message = await said_to(user)
    answer = await ada_asks.post("/tts", json={"message_id": str(message.pk)}, headers={"Accept": "application/json"})
    address = answer.json()["audio_url"]
    await noted()
    assert (await ada_asks.get(address)).status_code == 200
    await ada_asks.delete(f"/calls/{message.call_id}")
    assert (await ada_asks.get(address)).status_code == 404


async def test_audio_that_another_message_says_stays_until_the_last_of_them_goes(
    ada_asks: httpx.AsyncClient, user: User, cache_dir: Path
) -> None:
    one, other = await said_to(user), await said_to(user)
    await hear(ada_asks, one)
    await hear(ada_asks, other)
    await one.adelete()
    assert await kept(cache_dir) == 1
    await other.adelete()
    assert await kept(cache_dir) == 0


async def test_audio_that_somebody_else_asked_for_stays(
    ada_asks: httpx.AsyncClient, eve_asks: httpx.AsyncClient, user: User, eve: User, cache_dir: Path
) -> None:
    await hear(ada_asks, await said_to(user))
    await hear(eve_asks, await said_to(eve))
    await user.adelete()
    assert await kept(cache_dir) == 1
    assert await referred_to() == {("eve", (await Message.objects.aget()).pk)}
    await eve.adelete()
    assert await kept(cache_dir) == 0


async def test_an_account_takes_with_it_what_it_had_said_outside_of_conversations(
    ada_asks: httpx.AsyncClient, user: User, cache_dir: Path
) -> None:
    for text in ("One", "Two"):
        await ada_asks.post("/tts", json={"text": text, "voice": "openai:alloy"})
    await noted()
    assert await kept(cache_dir) == 2
    await user.adelete()
    assert await kept(cache_dir) == 0


async def test_a_deletion_that_is_taken_back_takes_no_audio(
    ada_asks: httpx.AsyncClient, user: User, cache_dir: Path
) -> None:
    message = await said_to(user)
    await hear(ada_asks, message)

    def delete_and_fail() -> None:
        with transaction.atomic():
            Message.objects.get(pk=message.pk).delete()
            transaction.set_rollback(True)

    await sync_to_async(delete_and_fail)()
    assert await kept(cache_dir) == 1
    await message.adelete()
    assert await kept(cache_dir) == 0


async def test_a_message_that_is_gone_before_it_was_noted_takes_its_audio_with_it_all_the_same(
    ada_asks: httpx.AsyncClient, user: User, cache_dir: Path
) -> None:
    message = await said_to(user)
    assert (await ada_asks.get(message.audio_url)).status_code == 200
    await in_flight.settle(5)
    await message.adelete()
    assert await kept(cache_dir) == 1
    await references.flush()
    assert await kept(cache_dir) == 0
    assert await referred_to() == set()


async def test_the_audio_of_a_long_conversation_goes_at_once(
    ada_asks: httpx.AsyncClient, user: User, cache_dir: Path
) -> None:
    first = await said_to(user, "Number 0")
    call = first.call
    messages = [first] + [
        await call.messages.acreate(author=Message.Author.ASSISTANT, text=f"Number {number}") for number in range(1, 7)
    ]
    for message in messages:
        await hear(ada_asks, message)
    assert await kept(cache_dir) == 7
    await ada_asks.delete(f"/calls/{call.pk}")
    assert await kept(cache_dir) == 0


async def test_a_storage_that_fails_keeps_nobody_from_deleting_a_conversation(
    ada_asks: httpx.AsyncClient, user: User, cache_dir: Path
) -> None:
    message = await said_to(user)
    await hear(ada_asks, message)
    (cache_dir / "tts-cache").rename(cache_dir / "elsewhere")
    (cache_dir / "tts-cache").write_text("no folder")
    assert (await ada_asks.delete(f"/calls/{message.call_id}")).status_code == 204
    assert await TtsCache.objects.acount() == 0
