from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from accounts.models import User
from tests.audio import decoded_s
from tests.http import JSON, signed_in, stranger
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.models import CallSession, Message, TtsCache, Voice
from voice.providers import catalogue
from voice.speech.inflight import in_flight

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = {"text": "Hello **there**", "voice": "openai:alloy"}


@pytest.fixture
def visitor(user: User) -> httpx.AsyncClient:
    return signed_in(user)


@pytest.fixture(params=["first met", "known"])
async def client(request: pytest.FixtureRequest, visitor: httpx.AsyncClient) -> httpx.AsyncClient:
    """Everything holds for both: whom Django has to look up, and who is answered ahead of it (voice/edge/known.py)."""
    if request.param == "known":
        assert (await visitor.post("/tts", content=b"")).status_code == 400
    return visitor


@pytest.fixture
def message(user: User) -> Message:
    call = CallSession.objects.create(owner=user, voice="openai:nova")
    return Message.objects.create(call=call, author=Message.Author.ASSISTANT, text="A *reply* to you.")


def error_of(response: httpx.Response) -> dict[str, Any]:
    """The error, after checking the shape that every error has."""
    body = response.json()
    assert set(body) == {"error"}
    error: dict[str, Any] = body["error"]
    assert {"code", "message", "request_id"} <= set(error)
    assert set(error) <= {"code", "message", "request_id", "retry_after", "fields", "reasons"}
    assert error["request_id"] == response.headers["X-Request-Id"]
    return error


async def test_a_text_is_answered_with_audio(vendor: FakeVendors, client: httpx.AsyncClient) -> None:
    response = await client.post("/tts", json=HELLO)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert decoded_s(response.content, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)


async def test_audio_in_the_making_is_not_to_be_buffered_or_kept(
    vendor: FakeVendors, client: httpx.AsyncClient
) -> None:
    headers = (await client.post("/tts", json=HELLO)).headers
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Content-Disposition"] == "inline"
    assert headers["X-Accel-Buffering"] == "no"
    assert "Content-Length" not in headers


async def test_it_says_who_spoke_and_whether_it_was_there(vendor: FakeVendors, client: httpx.AsyncClient) -> None:
    first = await client.post("/tts", json=HELLO)
    assert (first.headers["X-Cache"], first.headers["X-Provider"], first.headers["X-Voice"]) == (
        "miss",
        "openai",
        "openai:alloy",
    )
    await in_flight.settle(5)
    again = await client.post("/tts", json=HELLO)
    assert again.headers["X-Cache"] == "hit"
    assert again.headers["Content-Length"] == str(len(first.content))
    assert again.content == first.content
    assert len(vendor.heard) == 1


@pytest.mark.parametrize("audio_format", list(AudioFormat))
async def test_every_format_comes_as_what_it_is(
    vendor: FakeVendors, client: httpx.AsyncClient, audio_format: AudioFormat
) -> None:
    response = await client.post("/tts", json={**HELLO, "format": audio_format.value})
    assert response.headers["Content-Type"] == audio_format.content_type
    assert decoded_s(response.content, audio_format) == pytest.approx(1.0, abs=0.07)


async def test_json_callers_get_the_address_of_the_audio(vendor: FakeVendors, client: httpx.AsyncClient) -> None:
    response = await client.post("/tts", json=HELLO, headers=JSON)
    body = response.json()
    assert response.status_code == 200
    assert body["duration"] == pytest.approx(1.0, abs=0.05)
    assert (body["success"], body["audio_ready"], body["cached"]) == (True, True, False)
    assert (body["voice"], body["provider"], body["format"]) == ("openai:alloy", "openai", "mp3")
    audio = await stranger().get(body["audio_url"])
    assert decoded_s(audio.content, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    assert (await client.post("/tts", json=HELLO, headers=JSON)).json()["cached"] is True


async def test_json_callers_do_not_wait_longer_than_they_are_promised(
    vendor: FakeVendors, client: httpx.AsyncClient, settings: Settings
) -> None:
    settings.TTS_RESPONSE_TIMEOUT = 0.1
    vendor.hold.clear()
    response = await client.post("/tts", json=HELLO, headers=JSON)
    body = response.json()
    assert response.status_code == 202
    assert (body["success"], body["audio_ready"], body["duration"]) == (True, False, None)
    following = asyncio.create_task(stranger().get(body["audio_url"]))
    await asyncio.sleep(0.05)
    vendor.hold.set()
    audio = await following
    assert audio.headers["X-Cache"] == "joined"
    assert decoded_s(audio.content, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)


async def test_the_text_of_a_message_may_be_left_out(
    vendor: FakeVendors, client: httpx.AsyncClient, message: Message
) -> None:
    response = await client.post("/tts", json={"message_id": str(message.pk)}, headers=JSON)
    body = response.json()
    assert body["message_id"] == str(message.pk)
    assert body["audio_url"] == f"/tts/audio/{message.pk}"
    assert body["voice"] == "openai:nova"
    assert vendor.heard[0].body["input"] == "A reply to you."


async def test_a_message_in_another_voice_has_an_address_of_its_own(
    vendor: FakeVendors, client: httpx.AsyncClient, message: Message
) -> None:
    asked = {"message_id": str(message.pk), "voice": "openai:echo"}
    body = (await client.post("/tts", json=asked, headers=JSON)).json()
    assert body["audio_url"].startswith("/tts/audio/")
    assert "token=" in body["audio_url"]


async def test_a_message_is_heard_at_its_address_and_kept(
    vendor: FakeVendors, client: httpx.AsyncClient, message: Message
) -> None:
    first = await client.get(message.audio_url)
    await in_flight.settle(5)
    again = await client.get(message.audio_url)
    assert [first.headers["X-Cache"], again.headers["X-Cache"]] == ["miss", "hit"]
    assert again.content == first.content
    assert len(vendor.heard) == 1


async def test_who_asks_for_a_message_in_the_making_gets_what_exists_and_then_the_rest(
    vendor: FakeVendors, client: httpx.AsyncClient, message: Message
) -> None:
    vendor.hold.clear()
    first = asyncio.create_task(client.get(message.audio_url))
    while not vendor.heard:
        await asyncio.sleep(0.001)
    second = asyncio.create_task(client.get(message.audio_url))
    await asyncio.sleep(0.05)
    vendor.hold.set()
    one, other = await first, await second
    assert [one.headers["X-Cache"], other.headers["X-Cache"]] == ["miss", "joined"]
    assert one.content == other.content
    assert len(vendor.heard) == 1


async def test_the_address_of_a_complete_message_knows_ranges_and_versions(
    vendor: FakeVendors, client: httpx.AsyncClient, message: Message
) -> None:
    await client.get(message.audio_url)
    await in_flight.settle(5)
    whole = await client.get(message.audio_url)
    part = await client.get(message.audio_url, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.content)}"
    same = await client.get(message.audio_url, headers={"If-None-Match": whole.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    beyond = await client.get(message.audio_url, headers={"Range": "bytes=999999-"})
    assert beyond.status_code == 416
    head = await client.head(message.audio_url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))


async def test_a_large_file_is_read_in_parts(
    vendor: FakeVendors, client: httpx.AsyncClient, message: Message, settings: Settings
) -> None:
    vendor.seconds = 20.0
    asked = {"text": "A long one", "voice": "openai:alloy", "format": "wav"}
    body = (await client.post("/tts", json=asked, headers=JSON)).json()
    whole = await stranger().get(body["audio_url"])
    assert len(whole.content) == int(whole.headers["Content-Length"]) > 900_000
    part = await stranger().get(body["audio_url"], headers={"Range": "bytes=500000-799999"})
    assert part.content == whole.content[500_000:800_000]


async def test_someone_elses_message_is_not_there(
    vendor: FakeVendors, message: Message, django_user_model: type[User]
) -> None:
    other = await django_user_model.objects.acreate_user("eve", password="x")
    eve = await sync_to_async(signed_in)(other)
    for response in (
        await eve.get(message.audio_url),
        await eve.post("/tts", json={"message_id": str(message.pk)}),
        await eve.post("/tts", json={"message_id": str(message.pk)}, headers=JSON),
    ):
        assert response.status_code == 404
        assert error_of(response)["code"] == "not_found"
    assert vendor.heard == []


@pytest.mark.parametrize("path", ["/tts/voices", "/tts/audio/00000000-0000-4000-8000-000000000000"])
async def test_nobody_reads_without_a_session(path: str) -> None:
    response = await stranger().get(path)
    assert response.status_code == 401
    assert error_of(response)["code"] == "not_signed_in"


async def test_nobody_speaks_without_a_session(vendor: FakeVendors) -> None:
    response = await stranger().post("/tts", json=HELLO)
    assert response.status_code == 401
    assert error_of(response)["code"] == "not_signed_in"
    assert vendor.heard == []


async def test_a_session_without_its_pages_token_may_not_spend(vendor: FakeVendors, client: httpx.AsyncClient) -> None:
    del client.headers["X-CSRFToken"]
    response = await client.post("/tts", json=HELLO)
    assert response.status_code == 403
    assert error_of(response)["code"] == "forged_request"
    assert vendor.heard == []


BAD_BODIES: list[tuple[str, bytes, str]] = [
    ("no body", b"", "body"),
    ("not JSON", b"text=Hello", "body"),
    ("half of it", b'{"text": "Hel', "body"),
    ("a list", b'["Hello"]', "body"),
    ("a deep nest", b"[" * 100_000, "body"),
    ("a number for text", b'{"text": 5}', "text"),
    ("null for text", b'{"text": null}', "text"),
    ("a list for text", b'{"text": ["Hello"]}', "text"),
    ("no text", b"{}", "text"),
    ("empty text", b'{"text": ""}', "text"),
    ("blank text", b'{"text": "  \\n\\t "}', "text"),
    ("100,001 characters", json.dumps({"text": "a" * 100_001}).encode(), "text"),
    ("a voice that does not exist", b'{"text": "Hello", "voice": "local:nobody"}', "voice"),
    ("a voice without a provider", b'{"text": "Hello", "voice": "alloy"}', "voice"),
    ("a number for a voice", b'{"text": "Hello", "voice": 5}', "voice"),
    ("a provider that does not exist", b'{"text": "Hello", "provider": "gramophone"}', "provider"),
    ("a format that does not exist", b'{"text": "Hello", "format": "vinyl"}', "format"),
    ("null for a format", b'{"text": "Hello", "format": null}', "format"),
    ("speed 0", b'{"text": "Hello", "speed": 0}', "speed"),
    ("speed 5", b'{"text": "Hello", "speed": 5}', "speed"),
    ("speed NaN", b'{"text": "Hello", "speed": NaN}', "speed"),
    ("speed Infinity", b'{"text": "Hello", "speed": Infinity}', "speed"),
    ("speed as text", b'{"text": "Hello", "speed": "1.0"}', "speed"),
    ("speed as a truth value", b'{"text": "Hello", "speed": true}', "speed"),
    ("a message id that is none", b'{"message_id": "first"}', "message_id"),
    ("settings that are a list", b'{"text": "Hello", "settings": [1]}', "settings"),
    ("a setting that is a list", b'{"text": "Hello", "settings": {"stability": [1]}}', "settings"),
    ("a setting that is not a number", b'{"text": "Hello", "settings": {"instructions": NaN}}', "settings"),
    ("a setting the provider does not know", b'{"text": "Hello", "settings": {"warp": 1}}', "settings"),
    (
        "too many settings",
        json.dumps({"text": "Hello", "settings": dict.fromkeys(map(str, range(99)), 1)}).encode(),
        "settings",
    ),
    ("invalid UTF-8", b'{"text": "\xff\xfe"}', "body"),
    ("more than the server reads", b'{"text": "' + b"a" * 3_000_000 + b'"}', "body"),
]


@pytest.mark.parametrize(("body", "field"), [pytest.param(body, field, id=name) for name, body, field in BAD_BODIES])
async def test_bad_input_is_refused_by_field_and_nothing_is_stored(
    vendor: FakeVendors, client: httpx.AsyncClient, cache_dir: Path, body: bytes, field: str
) -> None:
    response = await client.post("/tts", content=body, headers={"Content-Type": "application/json"})
    error = error_of(response)
    assert response.status_code == 400
    assert error["code"] == "invalid_request"
    assert set(error["fields"]) == {field}
    assert vendor.heard == []
    assert not await TtsCache.objects.aexists()
    assert not cache_dir.exists()


async def test_a_text_that_is_too_long_is_told_the_limit(vendor: FakeVendors, client: httpx.AsyncClient) -> None:
    response = await client.post("/tts", json={"text": "a" * 100_001})
    assert error_of(response)["fields"]["text"] == "At most 20000 characters (TTS_MAX_CHARACTERS); these are 100001."


@pytest.mark.parametrize("text", [r"Hello\u0000 there", r"Hello \ud800there", r"Hello\u0007 there\udfff"])
async def test_what_no_voice_can_read_is_cleaned_away(
    vendor: FakeVendors, client: httpx.AsyncClient, text: str
) -> None:
    body = f'{{"text": "{text}", "voice": "openai:alloy"}}'.encode()
    response = await client.post("/tts", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 200
    assert vendor.heard[0].body["input"] == "Hello there"


async def test_a_text_with_nothing_to_say_has_no_content(vendor: FakeVendors, client: httpx.AsyncClient) -> None:
    for headers in ({}, JSON):
        response = await client.post("/tts", json={"text": "😀"}, headers=headers)
        assert (response.status_code, response.content) == (204, b"")


async def test_when_no_provider_speaks_it_says_so_with_reasons(
    vendor: FakeVendors, client: httpx.AsyncClient, settings: Settings
) -> None:
    settings.TTS_PROVIDER_TIMEOUT = 5
    for headers in ({}, JSON):
        response = await client.post("/tts", json={**HELLO, "model": "429"}, headers=headers)
        error = error_of(response)
        assert (response.status_code, error["code"]) == (503, "all_providers_failed")
        assert error["reasons"] == {"openai": "provider_rate_limited"}
        assert error["retry_after"] == 7
        assert response.headers["Retry-After"] == "7"


async def test_the_reasons_are_those_of_every_provider_and_there_is_a_time_to_come_back(
    vendor: FakeVendors, client: httpx.AsyncClient, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["openai", "azure", "google"]
    settings.GOOGLE_APPLICATION_CREDENTIALS = ""
    vendor.misbehave("openai", "401")
    vendor.misbehave("azure", "empty")
    response = await client.post("/tts", json=HELLO)
    error = error_of(response)
    assert (response.status_code, error["code"]) == (503, "all_providers_failed")
    assert error["reasons"] == {
        "openai": "provider_forbidden",
        "azure": "bad_audio",
        "google": "provider_unavailable",
    }
    assert int(response.headers["Retry-After"]) == error["retry_after"] >= 1


async def test_a_request_not_to_store_is_obeyed(
    vendor: FakeVendors, client: httpx.AsyncClient, cache_dir: Path
) -> None:
    response = await client.post("/tts", json=HELLO, headers={"Cache-Control": "no-store"})
    assert decoded_s(response.content, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    await in_flight.settle(5)
    assert not await TtsCache.objects.aexists()
    assert not cache_dir.exists()


async def test_with_caching_off_there_is_audio_but_no_address(
    vendor: FakeVendors, client: httpx.AsyncClient, settings: Settings, message: Message
) -> None:
    settings.TTS_STORAGE = "off"
    assert (await client.post("/tts", json=HELLO)).status_code == 200
    assert (await client.get(message.audio_url)).status_code == 200
    response = await client.post("/tts", json=HELLO, headers=JSON)
    assert response.status_code == 400
    assert set(error_of(response)["fields"]) == {"accept"}


async def test_a_voice_an_admin_switches_off_elsewhere_is_refused_though_its_audio_is_there(
    vendor: FakeVendors, client: httpx.AsyncClient
) -> None:
    await client.post("/tts", json=HELLO)
    await in_flight.settle(5)
    assert (await client.post("/tts", json=HELLO)).headers["X-Cache"] == "hit"
    await Voice.objects.filter(provider="openai", name="alloy").aupdate(enabled=False)  # tells nobody in this process
    catalogue.expire()
    assert error_of(await client.post("/tts", json=HELLO))["code"] == "invalid_request"


async def test_switched_off_it_says_so(vendor: FakeVendors, client: httpx.AsyncClient, settings: Settings) -> None:
    settings.TTS_ENABLED = False
    response = await client.post("/tts", json=HELLO)
    assert response.status_code == 503
    assert error_of(response)["code"] == "speech_disabled"


async def test_another_method_is_told_which_ones_there_are(client: httpx.AsyncClient) -> None:
    response = await client.get("/tts")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert error_of(response)["code"] == "method_not_allowed"


async def test_two_hundred_identical_requests_make_one_call(vendor: FakeVendors, client: httpx.AsyncClient) -> None:
    vendor.chunk_delay_s = 0.01
    responses = await asyncio.gather(*(client.post("/tts", json=HELLO) for _ in range(200)))
    assert {response.status_code for response in responses} == {200}
    assert len({response.content for response in responses}) == 1
    assert len(vendor.heard) == 1


async def test_the_voices_of_the_chain_are_listed(client: httpx.AsyncClient, vendor: FakeVendors) -> None:
    voices = (await client.get("/tts/voices")).json()["voices"]
    alloy = next(voice for voice in voices if voice["id"] == "openai:alloy")
    assert alloy["available"] is True
    assert alloy["default"] is True


async def test_who_waits_for_the_whole_is_told_when_the_voice_breaks_off(
    vendor: FakeVendors, client: httpx.AsyncClient
) -> None:
    vendor.misbehave("openai", "cut")
    response = await client.post("/tts", json=HELLO, headers=JSON)
    assert (response.status_code, error_of(response)["code"]) == (503, "synthesis_broken")
