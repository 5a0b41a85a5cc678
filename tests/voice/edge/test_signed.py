from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from pytest_django import Settings

from accounts.account import Account
from tests.http import stranger
from tests.vendors.server import FakeVendors
from voice.cache.index import Entry
from voice.cache.signing import signed_url
from voice.cache.store import audio_store
from voice.cache.touches import touches
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import TtsCache
from voice.speech.speak import speak
from voice.speech.speech import Live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Hello there", VoiceId("openai", "alloy"), model="tts-1")


@pytest.fixture
async def entry(vendor: FakeVendors, account: Account) -> Entry:
    """Audio that is stored."""
    speech = await speak(HELLO, account)
    assert isinstance(speech, Live)
    return await speech.job.making


@pytest.fixture
def url(entry: Entry) -> str:
    return signed_url(entry.key, entry.format)


async def get(url: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await stranger().get(url, headers=named)


def code_of(response: httpx.Response) -> str:
    error: dict[str, Any] = response.json()["error"]
    assert error["request_id"] == response.headers["X-Request-Id"]
    return str(error["code"])


async def test_a_signed_address_needs_no_session(url: str, entry: Entry, cache_dir: Path) -> None:
    response = await get(url)
    assert response.status_code == 200
    assert response.content == (cache_dir / entry.path).read_bytes()
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert "immutable" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert response.headers["X-Cache"] == "hit"
    assert response.headers["Accept-Ranges"] == "bytes"


async def test_it_is_served_from_disk_as_well_as_from_memory(url: str) -> None:
    warm = await get(url)
    audio_store.cache_clear()
    assert (await get(url)).content == warm.content


@pytest.mark.parametrize(
    ("range_", "part"), [("bytes=0-1", slice(0, 2)), ("bytes=100-", slice(100, None)), ("bytes=-7", slice(-7, None))]
)
async def test_it_answers_ranges(url: str, range_: str, part: slice) -> None:
    whole = (await get(url)).content
    response = await get(url, Range=range_)
    assert (response.status_code, response.content) == (206, whole[part])
    assert response.headers["Content-Length"] == str(len(response.content))


async def test_a_range_beyond_the_end_is_416(url: str, entry: Entry) -> None:
    response = await get(url, Range="bytes=99999999-")
    assert (response.status_code, response.content) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{entry.size_bytes}"


async def test_a_client_that_has_it_is_told_so(url: str) -> None:
    etag = (await get(url)).headers["ETag"]
    response = await get(url, If_None_Match=etag)
    assert (response.status_code, response.content) == (304, b"")


async def test_a_part_is_continued_only_of_the_same_version(url: str) -> None:
    whole = await get(url)
    same = await get(url, Range="bytes=10-", If_Range=whole.headers["ETag"])
    assert (same.status_code, same.content) == (206, whole.content[10:])
    other = await get(url, Range="bytes=10-", If_Range='"other"')
    assert (other.status_code, other.content) == (200, whole.content)


async def test_head_tells_the_length_and_sends_nothing(url: str, entry: Entry) -> None:
    response = await stranger().head(url)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Length"] == str(entry.size_bytes)


async def test_other_methods_are_refused(url: str) -> None:
    response = await stranger().post(url)
    assert (response.status_code, code_of(response)) == (405, "method_not_allowed")


async def test_a_forged_token_is_refused(url: str) -> None:
    response = await get(url[:-1] + ("0" if url[-1] != "0" else "1"))
    assert (response.status_code, code_of(response)) == (403, "bad_token")


async def test_no_token_is_refused(url: str) -> None:
    assert (await get(url.partition("?")[0])).status_code == 403


async def test_an_expired_token_is_refused(entry: Entry) -> None:
    old = signed_url(entry.key, entry.format, now_s=time.time() - 3 * 24 * 3600)
    assert (await get(old)).status_code == 403


async def test_a_token_of_another_object_is_refused(url: str, entry: Entry) -> None:
    other = signed_url("b" * 64, entry.format).partition("?")[2]
    assert (await get(f"{url.partition('?')[0]}?{other}")).status_code == 403
    other_format = signed_url(entry.key, AudioFormat.WAV).partition("?")[2]
    assert (await get(f"{url.partition('?')[0]}?{other_format}")).status_code == 403


async def test_what_is_neither_stored_nor_in_the_making_is_404(vendor: FakeVendors) -> None:
    response = await get(signed_url("c" * 64, AudioFormat.MP3))
    assert (response.status_code, code_of(response)) == (404, "not_found")


async def test_what_is_in_the_making_is_streamed(vendor: FakeVendors, account: Account) -> None:
    vendor.chunk_delay_s = 0.01
    speech = await speak(HELLO, account)
    assert isinstance(speech, Live)
    response = await get(signed_url(speech.key, AudioFormat.MP3))
    assert response.headers["X-Cache"] == "joined"
    assert response.content == await speech.whole()


async def test_what_cannot_be_made_is_503(vendor: FakeVendors, account: Account, settings: Settings) -> None:
    settings.TTS_PROVIDER_TIMEOUT = 1.0
    speech = await speak(SpeechRequest("Hello there", VoiceId("openai", "alloy"), model="hang"), account)
    assert isinstance(speech, Live)
    response = await get(signed_url(speech.key, AudioFormat.MP3))
    assert (response.status_code, code_of(response)) == (503, "all_providers_failed")


async def test_an_address_given_before_a_fallback_spoke_leads_to_what_it_said(
    vendors: FakeVendors, account: Account, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["openai", "elevenlabs"]
    vendors.misbehave("openai", "500")
    asked_for = replace(HELLO, settings={"instructions": "Softly."})
    speech = await speak(asked_for, account)
    assert isinstance(speech, Live)
    entry = await speech.job.making
    moved = await get(signed_url(speech.key, AudioFormat.MP3))
    assert (moved.status_code, moved.headers["Cache-Control"]) == (307, "no-store")
    response = await get(moved.headers["Location"])
    assert response.status_code == 200
    assert response.headers["Content-Length"] == str(entry.size_bytes)


async def test_being_played_is_counted(url: str, entry: Entry) -> None:
    for _ in range(3):
        await get(url)
    await touches.flush()
    assert (await TtsCache.objects.aget(pk=entry.key)).access_count == 3


@pytest.mark.parametrize(
    "path",
    [
        "/tts/audio/" + "a" * 63 + ".mp3",
        "/tts/audio/" + "A" * 64 + ".mp3",
        "/tts/audio/" + "a" * 64 + ".exe",
        "/tts/audio/../" + "a" * 64 + ".mp3",
    ],
)
async def test_what_does_not_look_like_audio_is_left_to_django(path: str) -> None:
    assert (await get(path)).status_code in (401, 404)
