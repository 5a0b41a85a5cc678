"""The voice somebody likes is heard wherever no other is asked for."""

from __future__ import annotations

import httpx2 as httpx
import pytest

from accounts.models import User
from tests.http import JSON, signed_in
from tests.vendors.server import FakeVendors
from voice.models import CallSession, Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    user.default_voice = "openai:shimmer"
    user.save()
    return signed_in(user)


async def said_in(call_voice: str, user: User) -> Message:
    call = await CallSession.objects.acreate(owner=user, voice=call_voice)
    return await call.messages.acreate(author=Message.Author.ASSISTANT, text="A reply to you.")


async def test_a_text_that_names_no_voice_is_spoken_in_ones_own(vendor: FakeVendors, client: httpx.AsyncClient) -> None:
    assert (await client.post("/tts", json={"text": "Hello"}, headers=JSON)).json()["voice"] == "openai:shimmer"
    named = {"text": "Hello", "voice": "openai:echo"}
    assert (await client.post("/tts", json=named, headers=JSON)).json()["voice"] == "openai:echo"


@pytest.mark.parametrize(("of_the_call", "heard"), [("", "openai:shimmer"), ("openai:nova", "openai:nova")])
async def test_a_conversation_without_a_voice_is_heard_in_ones_own(
    vendor: FakeVendors, client: httpx.AsyncClient, user: User, of_the_call: str, heard: str
) -> None:
    message = await said_in(of_the_call, user)
    answer = await client.get(message.audio_url)
    assert answer.headers["X-Voice"] == heard


async def test_ones_own_voice_is_the_default_one_of_the_list(vendor: FakeVendors, client: httpx.AsyncClient) -> None:
    voices = (await client.get("/tts/voices")).json()["voices"]
    assert [voice["id"] for voice in voices if voice["default"]] == ["openai:shimmer"]


async def test_a_voice_that_has_gone_is_replaced_by_the_services_own(
    vendor: FakeVendors, client: httpx.AsyncClient, user: User
) -> None:
    await User.objects.filter(pk=user.pk).aupdate(default_voice="polly:Joanna")
    message = await said_in("", user)
    assert (await client.get(message.audio_url)).headers["X-Voice"] == "openai:alloy"
