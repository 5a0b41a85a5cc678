"""Each door asks whether its feature is on, before anything else."""

from __future__ import annotations

from uuid import uuid4

import httpx2 as httpx
import pytest
from pytest_django import Settings

from accounts.models import Flag, User
from tests.http import JSON, signed_in
from tests.vendors.server import FakeVendors
from voice.models import CallSession, Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

SPEAKING = [
    ("POST", "/tts"),
    ("GET", f"/tts/audio/{uuid4()}"),
    ("GET", "/tts/voices/nobody:nowhere/sample"),
]
REPLYING = [("POST", f"/calls/{uuid4()}/messages")]


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    return signed_in(user)


async def switch_off(feature: str) -> None:
    await Flag.objects.aupdate_or_create(name=feature, defaults={"everyone": False})


async def answer_of(client: httpx.AsyncClient, method: str, path: str) -> tuple[int, str]:
    """The status and the code of an error. What is sent is wrong in every other respect."""
    response = await client.request(method, path, content=b"not even JSON")
    return response.status_code, response.json()["error"]["code"]


@pytest.mark.parametrize(
    ("feature", "method", "path"),
    [*(("speech", *door) for door in SPEAKING), *(("realtime", *door) for door in REPLYING)],
)
async def test_a_door_is_shut_while_its_feature_is_off(
    client: httpx.AsyncClient, feature: str, method: str, path: str
) -> None:
    assert (await answer_of(client, method, path))[0] in (400, 404)
    await switch_off(feature)
    assert await answer_of(client, method, path) == (403, "feature_off")


async def test_it_says_which_feature_it_is(client: httpx.AsyncClient) -> None:
    await switch_off("speech")
    error = (await client.post("/tts", json={"text": "Hello"})).json()["error"]
    assert error["message"] == "You may not use speech here: it is switched off for you, or not in your plan or key."


@pytest.mark.parametrize(("method", "path"), SPEAKING)
async def test_where_speech_is_switched_off_no_flag_switches_it_on(
    client: httpx.AsyncClient, settings: Settings, method: str, path: str
) -> None:
    settings.TTS_ENABLED = False
    assert await answer_of(client, method, path) == (503, "speech_disabled")
    await switch_off("speech")
    assert await answer_of(client, method, path) == (503, "speech_disabled")


async def test_conversations_go_on_in_writing_without_speech(
    client: httpx.AsyncClient, user: User, settings: Settings
) -> None:
    settings.TTS_ENABLED = False
    await switch_off("speech")
    call = await CallSession.objects.acreate(owner=user)
    assert (await client.post(f"/calls/{call.pk}/messages", json={"text": "Hello"})).status_code == 201


async def test_what_is_cached_is_not_heard_either(client: httpx.AsyncClient, vendor: FakeVendors, user: User) -> None:
    call = await CallSession.objects.acreate(owner=user, voice="openai:alloy")
    message = await Message.objects.acreate(call=call, author=Message.Author.ASSISTANT, text="A reply.")
    body = {"message_id": str(message.pk)}
    assert (await client.post("/tts", json=body, headers=JSON)).json()["audio_ready"]
    await switch_off("speech")
    assert (await client.post("/tts", json=body, headers=JSON)).status_code == 403
    assert (await client.get(message.audio_url)).status_code == 403


async def test_who_may_not_stream_is_answered_when_all_of_it_is_there(
    vendor: FakeVendors, client: httpx.AsyncClient, user: User
) -> None:
    await switch_off("streaming")
    call = await CallSession.objects.acreate(owner=user, voice="openai:alloy")
    message = await Message.objects.acreate(call=call, author=Message.Author.ASSISTANT, text="A reply.")
    for response in (
        await client.post("/tts", json={"text": "Hello"}),
        await client.post("/tts", json={"text": "Hello again"}, headers={"Cache-Control": "no-store"}),
        await client.get(message.audio_url),
    ):
        assert (response.status_code, response.headers["X-Cache"]) == (200, "miss")
        assert int(response.headers["Content-Length"]) == len(response.content) > 0


async def test_who_may_not_stream_never_hears_half_of_it(vendor: FakeVendors, client: httpx.AsyncClient) -> None:
    await switch_off("streaming")
    vendor.misbehave("openai", "cut")
    for headers in ({}, {"Cache-Control": "no-store"}):
        response = await client.post("/tts", json={"text": "Hello"}, headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (503, "synthesis_broken")
