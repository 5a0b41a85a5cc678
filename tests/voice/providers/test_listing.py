"""What vendors answer when they are asked for their voices, each in its own words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.vendors.server import FakeVendors
from voice.domain.errors import ProviderError, ProviderForbidden, ProviderRateLimited, ProviderUnavailable
from voice.providers.listing import ListsVoices, gender, names_in
from voice.providers.provider import VoiceFacts
from voice.providers.registry import PROVIDERS, provider

LISTED = {
    "elevenlabs": [
        VoiceFacts("21m00Tcm4TlvDq8ikWAM", "Rachel", "mul", "female"),
        VoiceFacts("pNInz6obpgDQGcFmaJgB", "Adam", "mul", "male"),
        VoiceFacts("XB0fDUnXU5powFXDhCwa", "Charlotte", "mul", "female"),
    ],
    "azure": [
        VoiceFacts("en-US-AvaMultilingualNeural", "Ava", "en-US", "female"),
        VoiceFacts("en-US-AndrewMultilingualNeural", "Andrew", "en-US", "male"),
        VoiceFacts("de-DE-KatjaNeural", "Katja", "de-DE", "female"),
    ],
    "google": [
        VoiceFacts("en-US-Chirp3-HD-Aoede", "Chirp3-HD-Aoede", "en-US", "female"),
        VoiceFacts("en-US-Neural2-D", "Neural2-D", "en-US", "male"),
        VoiceFacts("fr-FR-Neural2-A", "Neural2-A", "fr-FR", "female"),
    ],
    "polly": [
        VoiceFacts("Joanna", "Joanna", "en-US", "female"),
        VoiceFacts("Matthew", "Matthew", "en-US", "male"),
        VoiceFacts("Vicki", "Vicki", "de-DE", "female"),
    ],
    "kokoro": [
        VoiceFacts("af_heart", "Heart", "en-US", "female"),
        VoiceFacts("af_bella", "Bella", "en-US", "female"),
        VoiceFacts("am_michael", "Michael", "en-US", "male"),
        VoiceFacts("bf_emma", "Emma", "en-GB", "female"),
    ],
    "piper": [
        VoiceFacts("default", "Piper", "und", "neutral", "The voice the server was started with."),
        VoiceFacts("en_US-joe-medium", "joe medium", "en-US", "neutral"),
        VoiceFacts("en_US-lessac-medium", "lessac medium", "en-US", "neutral"),
    ],
}


@pytest.fixture
async def listing(vendors: FakeVendors, request: pytest.FixtureRequest) -> AsyncIterator[ListsVoices]:
    """The provider a test is about, at the fake vendors."""
    asked = provider(request.param)
    assert isinstance(asked, ListsVoices)
    yield asked
    await asked.close()


def test_those_that_can_be_asked_are_known_by_it() -> None:
    can = {name for name in PROVIDERS if isinstance(provider(name), ListsVoices)}
    assert can == {*LISTED, "openai"}


@pytest.mark.parametrize(("listing", "voices"), LISTED.items(), indirect=["listing"])
async def test_it_lists_the_voices_its_vendor_has(listing: ListsVoices, voices: list[VoiceFacts]) -> None:
    assert list(await listing.list_voices()) == voices


@pytest.mark.parametrize("listing", LISTED, indirect=True)
@pytest.mark.parametrize(
    ("mischief", "told"),
    [("429", ProviderRateLimited), ("500", ProviderUnavailable), ("html", ProviderError), ("cut", ProviderError),
     ("garbage", ProviderError), ("empty", ProviderError), ("redirect", ProviderError)],
)  # fmt: skip
async def test_it_says_how_its_vendor_failed(
    listing: ListsVoices, mischief: str, told: type[ProviderError], vendors: FakeVendors
) -> None:
    vendors.misbehave(listing.name, mischief)  # type: ignore[attr-defined]
    with pytest.raises(told):
        await listing.list_voices()


@pytest.mark.parametrize("listing", ["azure", "elevenlabs", "google", "polly"], indirect=True)
async def test_a_wrong_key_is_called_one(listing: ListsVoices, vendors: FakeVendors) -> None:
    vendors.misbehave(listing.name, "401")  # type: ignore[attr-defined]
    with pytest.raises(ProviderForbidden):
        await listing.list_voices()


@pytest.mark.parametrize("listing", ["openai"], indirect=True)
async def test_openai_itself_lists_none(listing: ListsVoices) -> None:
    assert await listing.list_voices() == []


@pytest.mark.parametrize("listing", ["openai"], indirect=True)
async def test_a_server_that_speaks_openais_api_may_list_its_own(
    listing: ListsVoices, vendors: FakeVendors, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL = f"{vendors.url}/kokoro/v1"
    assert VoiceFacts("am_michael", "am_michael", "mul", "neutral") in await listing.list_voices()


@pytest.mark.parametrize("listing", ["kokoro"], indirect=True)
async def test_kokoro_in_this_process_has_nobody_to_ask(
    listing: ListsVoices, vendors: FakeVendors, settings: Settings, tmp_path: Path
) -> None:
    settings.KOKORO_MODEL_DIR = str(tmp_path)
    assert await listing.list_voices() == []
    assert not vendors.heard


@pytest.mark.parametrize(
    ("told", "meant"),
    [("Female", "female"), ("MALE", "male"), ("SSML_VOICE_GENDER_UNSPECIFIED", "neutral"), (None, "neutral")],
)
def test_a_vendors_word_for_a_gender_becomes_ours(told: str | None, meant: str) -> None:
    assert gender(told) == meant


@pytest.mark.parametrize(
    "voices",
    [["ann", "bob"], [{"id": "ann", "name": "Ann"}, {"name": "bob"}]],
)
def test_names_come_alone_or_with_more(voices: object) -> None:
    assert names_in({"voices": voices}) == ["ann", "bob"]
