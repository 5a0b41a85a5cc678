"""What listeners get where audio lies in an object store: against a real S3 server, well, down and slow."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator

import httpx2 as httpx
import pytest
from asgiref.sync import sync_to_async
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.account import Account
from accounts.models import User
from tests.audio import decoded_s
from tests.conftest import keep_audio_in_s3
from tests.http import JSON, signed_in, stranger
from tests.s3_server import S3Server
from tests.vendors.server import FakeVendors
from voice.cache.access import FAILURES, look_up
from voice.cache.signing import signed_url
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import CallSession, Message, TtsCache
from voice.speech.inflight import in_flight
from voice.speech.speak import speak
from voice.speech.speech import Live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled", "bucket", "vendor")]

HELLO = {"text": "Hello there", "voice": "openai:alloy"}


@pytest.fixture(autouse=True)
def patient(settings: Settings) -> None:
    """JSON callers wait until their audio is stored, however busy the machine is."""
    settings.TTS_RESPONSE_TIMEOUT = 30.0


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    return signed_in(user)


@pytest.fixture
async def world() -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who follows whatever address they are given, to whatever server, and has no session anywhere."""
    async with httpx.AsyncClient(timeout=30) as anybody:
        yield anybody


@pytest.fixture
async def entry(client: httpx.AsyncClient) -> TtsCache:
    """Audio that is stored."""
    assert (await client.post("/tts", json=HELLO)).headers["X-Cache"] == "miss"
    await in_flight.settle(5)
    return await TtsCache.objects.aget()


def begun_anew(settings: Settings, s3: S3Server, bucket: str) -> None:
    """Forget what is in memory, as a process that has just begun, or any other one."""
    keep_audio_in_s3(settings, s3.options(bucket))


def failures(step: str) -> float:
    return float(FAILURES.labels(step)._value.get())


def said_to(user: User) -> Message:
    """A message of theirs."""
    call = CallSession.objects.create(owner=user, voice="openai:nova")
    return Message.objects.create(call=call, author=Message.Author.ASSISTANT, text="A *reply* to you.")


def heard(data: bytes) -> bool:
    return decoded_s(data, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)


# -- While all is well ------------------------------------------------------------------------------------------------


async def test_json_callers_get_an_address_of_the_store_which_serves_them_itself(
    client: httpx.AsyncClient, world: httpx.AsyncClient, s3: S3Server, bucket: str
) -> None:
    made, again = [(await client.post("/tts", json=HELLO, headers=JSON)).json() for _ in range(2)]
    assert (made["cached"], again["cached"]) == (False, True)
    assert made["audio_url"] == again["audio_url"]
    assert made["audio_url"].startswith(f"{s3.url}/{bucket}/tts-cache/")
    whole = await world.get(made["audio_url"])
    assert heard(whole.content)
    part = await world.get(made["audio_url"], headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])


async def test_a_hit_is_read_from_the_store_once_and_then_from_memory(
    client: httpx.AsyncClient, entry: TtsCache, vendor: FakeVendors, settings: Settings, s3: S3Server, bucket: str
) -> None:
    begun_anew(settings, s3, bucket)
    first = await client.post("/tts", json=HELLO)
    s3.client().delete_object(Bucket=bucket, Key=entry.path)
    second = await client.post("/tts", json=HELLO)
    assert [answer.headers["X-Cache"] for answer in (first, second)] == ["hit", "hit"]
    assert first.content == second.content
    assert heard(first.content)
    assert len(vendor.heard) == 1


async def test_a_large_piece_is_passed_on_as_it_is_read(
    client: httpx.AsyncClient, vendor: FakeVendors, settings: Settings, s3: S3Server, bucket: str
) -> None:
    vendor.seconds = 60.0
    asked = {**HELLO, "format": "wav"}
    made = await client.post("/tts", json=asked)
    await in_flight.settle(10)
    begun_anew(settings, s3, bucket)
    again = await client.post("/tts", json=asked)
    assert (again.headers["X-Cache"], len(again.content)) == ("hit", (await TtsCache.objects.aget()).size_bytes)
    assert again.content[44:] == made.content[44:]


async def test_an_address_of_ours_leads_on_to_the_store(
    entry: TtsCache, world: httpx.AsyncClient, s3: S3Server
) -> None:
    answer = await stranger().get(signed_url(entry.key, AudioFormat.MP3))
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (307, b"", "no-store")
    assert answer.headers["Location"].startswith(s3.url)
    assert heard((await world.get(answer.headers["Location"])).content)


async def test_head_is_answered_here_for_the_address_of_the_store_knows_get_only(entry: TtsCache) -> None:
    answer = await stranger().head(signed_url(entry.key, AudioFormat.MP3))
    assert (answer.status_code, answer.headers["Content-Length"]) == (200, str(entry.size_bytes))


async def test_a_message_is_checked_here_and_played_from_the_store(
    client: httpx.AsyncClient, user: User, world: httpx.AsyncClient, s3: S3Server
) -> None:
    message = await sync_to_async(said_to)(user)
    assert heard((await client.get(message.audio_url)).content)
    await in_flight.settle(5)
    answer = await client.get(message.audio_url, headers={"Range": "bytes=0-"})
    assert (answer.status_code, answer.headers["X-Cache"], answer.headers["X-Provider"]) == (307, "hit", "openai")
    assert answer.headers["Location"].startswith(s3.url)
    assert heard((await world.get(answer.headers["Location"])).content)
    assert (await client.head(message.audio_url)).status_code == 200
    assert (await stranger().get(message.audio_url)).status_code == 401


async def test_a_sample_is_played_from_the_store(client: httpx.AsyncClient, s3: S3Server) -> None:
    address = "/tts/voices/openai:nova/sample"
    assert (await client.get(address)).status_code == 200
    await in_flight.settle(5)
    answer = await client.get(address)
    assert (answer.status_code, answer.headers["Location"].startswith(s3.url)) == (307, True)


async def test_what_is_gone_from_the_store_is_made_anew(
    client: httpx.AsyncClient, entry: TtsCache, vendor: FakeVendors, settings: Settings, s3: S3Server, bucket: str
) -> None:
    s3.client().delete_object(Bucket=bucket, Key=entry.path)
    begun_anew(settings, s3, bucket)
    answer = (await client.post("/tts", json=HELLO, headers=JSON)).json()
    assert (answer["cached"], len(vendor.heard)) == (False, 2)
    assert s3.client().head_object(Bucket=bucket, Key=entry.path)["ContentLength"] > 0


async def test_pruning_takes_objects_from_the_store(entry: TtsCache, s3: S3Server, bucket: str) -> None:
    await TtsCache.objects.aupdate(expires_at=timezone.now())
    await asyncio.to_thread(call_command, "prune_tts_cache")
    assert not await TtsCache.objects.aexists()
    assert "Contents" not in s3.client().list_objects_v2(Bucket=bucket)


# -- While it is down -------------------------------------------------------------------------------------------------


async def test_with_the_store_down_the_listener_hears_what_cannot_be_kept_and_it_is_counted(
    client: httpx.AsyncClient, s3: S3Server, caplog: pytest.LogCaptureFixture
) -> None:
    before = failures("keep"), failures("look_up")
    with s3.down():
        answer = await client.post("/tts", json=HELLO)
        await in_flight.settle(20)
    assert (answer.status_code, answer.headers["X-Cache"]) == (200, "miss")
    assert heard(answer.content)
    assert failures("keep") == before[0] + 1
    assert not await TtsCache.objects.aexists()
    told = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    assert {"event": "cache_failed", "step": "keep"}.items() <= told[-1].items()
    assert told[-1]["reason"] == "EndpointConnectionError"
    assert "Hello" not in str(told)


async def test_with_the_store_down_json_callers_hear_it_from_memory(client: httpx.AsyncClient, s3: S3Server) -> None:
    with s3.down():
        told = (await client.post("/tts", json=HELLO, headers=JSON)).json()
        assert told["audio_ready"]
        assert told["audio_url"].startswith("/tts/audio/")
        answer = await stranger().get(told["audio_url"], headers={"Range": "bytes=0-"})
    assert answer.status_code == 206
    assert heard(answer.content)
    later = await stranger().get(told["audio_url"])  # the store is back, and does not have it
    assert heard(later.content)


async def test_with_the_store_down_what_was_stored_is_made_anew(
    client: httpx.AsyncClient, entry: TtsCache, vendor: FakeVendors, settings: Settings, s3: S3Server, bucket: str
) -> None:
    begun_anew(settings, s3, bucket)
    before = failures("look_up")
    with s3.down():
        answer = await client.post("/tts", json=HELLO)
        await in_flight.settle(20)
    assert heard(answer.content)
    assert (answer.headers["X-Cache"], len(vendor.heard)) == ("miss", 2)
    assert failures("look_up") == before + 1


async def test_with_the_store_down_what_is_in_memory_plays_on(
    client: httpx.AsyncClient, entry: TtsCache, vendor: FakeVendors, settings: Settings, s3: S3Server, bucket: str
) -> None:
    begun_anew(settings, s3, bucket)
    assert await look_up(entry.key)
    with s3.down():
        await client.post("/tts", json={**HELLO, "text": "Another."})
        await in_flight.settle(20)  # it cannot be kept, and so all know
        told = (await client.post("/tts", json=HELLO, headers=JSON)).json()
        assert told["cached"]
        assert told["audio_url"].startswith("/tts/audio/")
        assert heard((await stranger().get(told["audio_url"])).content)
    assert len(vendor.heard) == 2


async def test_with_the_store_down_what_is_in_the_making_is_heard_at_its_address(
    vendor: FakeVendors, account: Account, s3: S3Server
) -> None:
    vendor.chunk_delay_s = 0.05
    with s3.down():
        speech = await speak(SpeechRequest("Hello there", VoiceId("openai", "alloy"), model="tts-1"), account)
        assert isinstance(speech, Live)
        answer = await stranger().get(signed_url(speech.key, AudioFormat.MP3))
        assert (answer.status_code, answer.headers["X-Cache"]) == (200, "joined")
        assert heard(answer.content)
        await in_flight.settle(20)


async def test_with_the_store_down_what_nobody_has_is_told_apart_from_what_is_gone(s3: S3Server) -> None:
    address = signed_url("c" * 64, AudioFormat.MP3)
    assert (await stranger().get(address)).status_code == 404
    with s3.down():
        answer = await stranger().get(address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "storage_unavailable")


async def test_with_the_store_down_the_server_stays_in_service_and_says_how_the_store_is(s3: S3Server) -> None:
    assert (await stranger().get("/health/ready")).json()["storage"] == "ok"
    with s3.down():
        answer = await stranger().get("/health/ready")
    assert (answer.status_code, answer.json()["storage"]) == (200, "StoreFailed")


async def test_once_the_store_is_back_it_is_used_again(client: httpx.AsyncClient, s3: S3Server) -> None:
    with s3.down():
        for text in ("One.", "Two.", "Three.", "Four."):
            assert heard((await client.post("/tts", json={**HELLO, "text": text})).content)
            await in_flight.settle(20)
    async with asyncio.timeout(20):
        while not await TtsCache.objects.aexists():
            await client.post("/tts", json={**HELLO, "text": "Five."})
            await in_flight.settle(20)


# -- While it is slow -------------------------------------------------------------------------------------------------


@pytest.fixture
def silent(s3: S3Server, settings: Settings, bucket: str) -> Iterator[None]:
    """The store takes connections, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings.TTS_STORAGE_TIMEOUT = 1.0
        keep_audio_in_s3(settings, {**s3.options(bucket), "endpoint_url": address})
        yield


async def test_a_store_that_says_nothing_is_not_waited_for_and_the_listener_hears_it_all_the_same(
    client: httpx.AsyncClient, entry: TtsCache, silent: None, vendor: FakeVendors
) -> None:
    before = failures("look_up"), failures("keep")
    answer = await client.post("/tts", json=HELLO)
    assert heard(answer.content)
    assert (answer.headers["X-Cache"], len(vendor.heard)) == ("miss", 2)
    assert failures("look_up") == before[0] + 1
    await in_flight.settle(60)
    assert failures("keep") == before[1] + 1
