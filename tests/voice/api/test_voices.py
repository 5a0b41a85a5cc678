"""Who can be heard here, and how that sounds."""

from __future__ import annotations

from datetime import timedelta

import httpx2 as httpx
import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from tests.audio import decoded_s
from tests.http import signed_in, stranger
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.models import ProviderModel, TtsCache, Voice
from voice.speech.inflight import in_flight

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HEART = "/tts/voices/local:heart/sample"
ALLOY = "/tts/voices/openai:alloy/sample"


@pytest.fixture
async def client(user: User) -> httpx.AsyncClient:
    return await sync_to_async(signed_in)(user)


async def listed(client: httpx.AsyncClient) -> dict[str, dict[str, object]]:
    return {voice["id"]: voice for voice in (await client.get("/tts/voices")).json()["voices"]}


async def switch_off(provider: str, name: str) -> None:
    voice = await Voice.objects.aget(provider=provider, name=name)
    voice.enabled = False
    await voice.asave()


async def test_a_voice_is_listed_with_all_there_is_to_know(client: httpx.AsyncClient) -> None:
    assert (await listed(client))["local:heart"] == {
        "id": "local:heart",
        "name": "Heart",
        "provider": "local",
        "language": "en-US",
        "gender": "female",
        "description": "A clear American voice, as its model has it.",
        "available": True,
        "default": True,
        "sample_url": HEART,
    }


async def test_voices_come_in_the_order_of_the_chain(client: httpx.AsyncClient, settings: Settings) -> None:
    settings.TTS_PROVIDER = ["openai", "local"]
    providers = [str(voice["provider"]) for voice in (await listed(client)).values()]
    assert providers == sorted(providers, reverse=True)


async def test_voices_of_a_provider_without_a_key_are_listed_as_unavailable(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["local", "openai"]
    voices = await listed(client)
    assert voices["local:heart"]["available"]
    assert not voices["openai:alloy"]["available"]


async def test_voices_of_a_provider_whose_models_are_over_are_unavailable(
    client: httpx.AsyncClient, vendor: FakeVendors
) -> None:
    yesterday = timezone.now().date() - timedelta(days=1)
    await ProviderModel.objects.filter(provider="openai").aupdate(sunset_on=yesterday)
    assert not (await listed(client))["openai:alloy"]["available"]


async def test_a_voice_that_was_switched_off_is_not_listed(client: httpx.AsyncClient) -> None:
    assert "local:deep" in await listed(client)
    await switch_off("local", "deep")
    assert "local:deep" not in await listed(client)


async def test_what_an_admin_calls_a_voice_is_what_people_read(client: httpx.AsyncClient) -> None:
    voice = await Voice.objects.aget(provider="local", name="warm")
    voice.label = "Gentle"
    await voice.asave()
    assert (await listed(client))["local:warm"]["name"] == "Gentle"


async def test_a_voice_introduces_itself(client: httpx.AsyncClient) -> None:
    response = await client.get(HEART)
    assert response.status_code == 200
    assert (response.headers["X-Cache"], response.headers["X-Voice"]) == ("miss", "local:heart")
    assert 1.5 < decoded_s(response.content, AudioFormat.MP3) < 8


async def test_a_sample_is_made_once_and_kept(client: httpx.AsyncClient, vendor: FakeVendors) -> None:
    first = await client.get(ALLOY)
    await in_flight.settle(5)
    second = await client.get(ALLOY)
    assert (first.headers["X-Cache"], second.headers["X-Cache"]) == ("miss", "hit")
    assert len(vendor.heard) == 1
    assert await TtsCache.objects.acount() == 1


async def test_a_sample_can_be_had_in_parts_for_a_player_that_seeks(
    client: httpx.AsyncClient, vendor: FakeVendors
) -> None:
    await client.get(ALLOY)
    await in_flight.settle(5)
    part = await client.get(ALLOY, headers={"Range": "bytes=0-99"})
    assert (part.status_code, len(part.content)) == (206, 100)


@pytest.mark.parametrize("audio_format", [AudioFormat.WAV, AudioFormat.FLAC])
async def test_a_sample_comes_in_the_format_asked_for(client: httpx.AsyncClient, audio_format: AudioFormat) -> None:
    response = await client.get(f"{HEART}?format={audio_format}")
    assert response.headers["Content-Type"] == audio_format.content_type
    assert decoded_s(response.content, audio_format) > 1


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (f"{HEART}?format=midi", "format"),
        ("/tts/voices/local:nobody/sample", "voice"),
        ("/tts/voices/azure:ann/sample", "voice"),
        ("/tts/voices/heart/sample", "voice"),
    ],
)
async def test_what_there_is_not_is_refused(client: httpx.AsyncClient, path: str, field: str) -> None:
    response = await client.get(path)
    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == [field]


async def test_a_voice_that_was_switched_off_has_no_sample(client: httpx.AsyncClient) -> None:
    await switch_off("local", "deep")
    response = await client.get("/tts/voices/local:deep/sample")
    assert response.status_code == 400
    assert "switched off" in response.json()["error"]["message"]


async def test_nobody_lends_another_its_voice(
    client: httpx.AsyncClient, vendor: FakeVendors, settings: Settings
) -> None:
    """In a reply a fallback is better than silence. In a sample it would be a lie."""
    settings.TTS_PROVIDER = ["openai", "local"]
    vendor.misbehave("openai", "401")
    response = await client.get(ALLOY)
    assert response.status_code == 503
    assert response.json()["error"]["reasons"] == {"openai": "provider_unavailable"}


async def test_a_name_with_slashes_is_a_name(
    client: httpx.AsyncClient, vendors: FakeVendors, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["playht"]
    voices = await listed(client)
    (voice,) = [voice for voice in voices.values() if "s3://" in str(voice["id"])]
    response = await client.get(str(voice["sample_url"]))
    assert response.status_code == 200
    assert decoded_s(response.content, AudioFormat.MP3) > 0.5


async def test_samples_are_for_those_who_are_signed_in() -> None:
    assert (await stranger().get(HEART)).status_code == 401
