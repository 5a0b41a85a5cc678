from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from yarl import URL

from tests.audio import decoded_s
from tests.speaking import said
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.coqui import CoquiProvider, query
from voice.text.characters import normalized

HELLO = SpeechRequest("Hello there & again?", VoiceId("coqui", "default"), format=AudioFormat.PCM)

anything = st.text(st.characters(codec=None), max_size=60)


@pytest.fixture
async def provider(vendors: FakeVendors) -> AsyncIterator[CoquiProvider]:
    made = CoquiProvider()
    yield made
    await made.close()


async def test_its_own_voice_is_asked_for_by_no_name(vendors: FakeVendors, provider: CoquiProvider) -> None:
    await said(provider, HELLO)
    assert dict(vendors.heard[0].query) == {"text": "Hello there & again?"}


async def test_a_speaker_and_a_language_are_asked_for_by_id(vendors: FakeVendors, provider: CoquiProvider) -> None:
    await said(provider, replace(HELLO, voice=VoiceId("coqui", "Craig Gutsy"), settings={"language": "de"}))
    assert dict(vendors.heard[0].query) == {
        "text": "Hello there & again?",
        "speaker_id": "Craig Gutsy",
        "language_id": "de",
    }


@given(text=anything, name=anything)
def test_any_text_and_any_name_fit_into_an_address(text: str, name: str) -> None:
    asked = query(replace(HELLO, text=text, voice=VoiceId("coqui", name)))
    assert URL(str(URL("http://coqui/api/tts").with_query(asked))).query["text"] == normalized(text)


def test_the_longest_text_fits_into_an_address_in_any_script() -> None:
    asked = query(replace(HELLO, text="\U00020000" * CoquiProvider.max_characters))
    assert len(str(URL("http://coqui/api/tts").with_query(asked))) < 4_000


async def test_its_own_rate_becomes_ours(provider: CoquiProvider) -> None:
    assert decoded_s(await said(provider, HELLO), AudioFormat.PCM) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("mischief", ["html", "garbage", "wrong-type"])
async def test_what_is_no_wav_is_bad_audio(vendors: FakeVendors, provider: CoquiProvider, mischief: str) -> None:
    vendors.misbehave("coqui", mischief)
    with pytest.raises(BadAudio):
        await said(provider, HELLO)


def test_it_says_one_thing_at_a_time(provider: CoquiProvider) -> None:
    assert provider.rules().at_once == 1


def test_without_an_address_it_is_unavailable(provider: CoquiProvider, settings: Settings) -> None:
    settings.COQUI_BASE_URL = ""
    assert provider.unavailable_because() == "COQUI_BASE_URL is not set."
