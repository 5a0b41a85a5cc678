"""``GET /tts/audio/<message_id>/captions``."""

from __future__ import annotations

from uuid import uuid4

import httpx2 as httpx
import pytest

from accounts.models import User
from tests.http import signed_in, stranger
from tests.vendors.server import FakeVendors
from voice.models import CallSession, Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled", "vendor")]


@pytest.fixture
def message(user: User) -> Message:
    return CallSession.objects.create(owner=user).messages.create(
        author="assistant", text="Hello *there*. All is well."
    )


@pytest.fixture
def client(user: User, message: Message) -> httpx.AsyncClient:
    return signed_in(user)


async def test_each_sentence_comes_with_its_times_and_its_place(client: httpx.AsyncClient, message: Message) -> None:
    await client.get(message.audio_url)
    answer = await client.get(f"{message.audio_url}/captions")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    told = answer.json()
    assert (told["duration"], told["exact"]) == (pytest.approx(1, abs=0.1), False)
    first, second = told["sentences"]
    assert (first["text"], first["from"], first["to"]) == ("Hello there.", 0, 12)
    assert (second["text"], second["from"], second["to"]) == ("All is well.", 13, 25)
    assert 0 <= first["start"] < first["end"] <= second["start"] < second["end"] <= 1.1


async def test_before_the_audio_is_there_its_duration_is_not_known(
    client: httpx.AsyncClient, message: Message, vendor: FakeVendors
) -> None:
    told = (await client.get(f"{message.audio_url}/captions")).json()
    assert (told["duration"], told["exact"], len(told["sentences"])) == (None, False, 2)
    assert vendor.heard == []


async def test_they_are_for_the_owner_of_the_message_alone(message: Message, client: httpx.AsyncClient) -> None:
    assert (await stranger().get(f"{message.audio_url}/captions")).status_code == 401
    other = await User.objects.acreate(username="eve")
    await Message.objects.filter(pk=message.pk).aupdate(call=await CallSession.objects.acreate(owner=other))
    assert (await client.get(f"{message.audio_url}/captions")).status_code == 404
    assert (await client.get(f"/tts/audio/{uuid4()}/captions")).status_code == 404


async def test_where_there_is_nothing_to_say_there_is_nothing_to_read(
    client: httpx.AsyncClient, message: Message
) -> None:
    await Message.objects.filter(pk=message.pk).aupdate(text="😊")
    assert (await client.get(f"{message.audio_url}/captions")).status_code == 204
