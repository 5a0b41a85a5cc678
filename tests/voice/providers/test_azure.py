from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.audio import decoded_s
from tests.speaking import said
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.azure import AzureProvider, ssml
from voice.text.characters import normalized

HELLO = SpeechRequest("Hello there", VoiceId("azure", "en-US-JennyNeural"))
_W3 = "{http://www.w3.org/2001/10/synthesis}"
_MSTTS = "{https://www.w3.org/2001/mstts}"

anything = st.text(st.characters(codec=None), max_size=60)


@pytest.fixture
async def provider(vendors: FakeVendors) -> AsyncIterator[AzureProvider]:
    made = AzureProvider()
    yield made
    await made.close()


def parsed(request: SpeechRequest) -> ElementTree.Element:
    return ElementTree.fromstring(ssml(request).encode())  # noqa: S314  # our own words


@given(text=anything)
def test_any_text_is_well_formed_and_says_just_that(text: str) -> None:
    assert "".join(parsed(replace(HELLO, text=text, speed=1.5)).itertext()) == normalized(text)


@given(name=anything, style=anything)
def test_no_voice_and_no_setting_can_break_out_of_its_attribute(name: str, style: str) -> None:
    speak = parsed(replace(HELLO, voice=VoiceId("azure", name), settings={"style": style}))
    voice = speak[0]
    assert (voice.tag, voice.attrib) == (f"{_W3}voice", {"name": normalized(name)})
    assert voice[0].attrib == {"style": normalized(style)}
    assert "".join(speak.itertext()) == "Hello there"


@pytest.mark.parametrize(
    ("voice", "language"),
    [
        ("en-US-JennyNeural", "en-US"),
        ("en-US-Ava:DragonHDLatestNeural", "en-US"),
        ("zh-CN-liaoning-XiaobeiNeural", "zh-CN-liaoning"),
        ("sr-Latn-RS-NicholasNeural", "sr-Latn-RS"),
        ("MyOwnVoice", "en-US"),
    ],
)
def test_the_language_is_the_voices(voice: str, language: str) -> None:
    speak = parsed(replace(HELLO, voice=VoiceId("azure", voice)))
    assert speak.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language


@pytest.mark.parametrize(("speed", "rate"), [(0.25, "0.5"), (0.5, "0.5"), (1.25, "1.25"), (2.0, "2"), (4.0, "2")])
def test_speed_is_a_rate_within_what_it_can(speed: float, rate: str) -> None:
    assert parsed(replace(HELLO, speed=speed)).find(f".//{_W3}prosody[@rate='{rate}']") is not None


def test_settings_are_spoken_of_where_they_belong() -> None:
    speak = parsed(replace(HELLO, settings={"style": "cheerful", "styledegree": 2, "pitch": "+5%", "volume": 80}))
    expression = speak.find(f".//{_MSTTS}express-as")
    prosody = speak.find(f".//{_W3}prosody")
    assert expression is not None
    assert expression.attrib == {"style": "cheerful", "styledegree": "2"}
    assert prosody is not None
    assert prosody.attrib == {"pitch": "+5%", "volume": "80"}


def test_what_says_nothing_is_not_there() -> None:
    assert [element.tag for element in parsed(HELLO).iter()] == [f"{_W3}speak", f"{_W3}voice"]


async def test_it_asks_in_azures_words(vendors: FakeVendors, provider: AzureProvider) -> None:
    await said(provider, replace(HELLO, format=AudioFormat.OPUS))
    headers = vendors.heard[0].headers
    assert headers["Content-Type"] == "application/ssml+xml"
    assert headers["Ocp-Apim-Subscription-Key"] == "azure-test-key"
    assert headers["User-Agent"] == "aloud"
    assert headers["X-Microsoft-OutputFormat"] == "ogg-24khz-16bit-mono-opus"


@pytest.mark.parametrize("audio_format", AzureProvider.formats)
async def test_it_says_it_in_every_format_it_declares(provider: AzureProvider, audio_format: AudioFormat) -> None:
    data = await said(provider, replace(HELLO, format=audio_format))
    assert decoded_s(data, audio_format) == pytest.approx(1.0, abs=0.07)


async def test_without_a_place_it_is_unavailable(provider: AzureProvider, settings: Settings) -> None:
    settings.AZURE_SPEECH_BASE_URL = ""
    assert provider.unavailable_because() == "AZURE_SPEECH_REGION is not set, nor is AZURE_SPEECH_BASE_URL."
    with pytest.raises(ProviderUnavailable):
        await said(provider, HELLO)


def test_without_a_key_it_is_unavailable(provider: AzureProvider, settings: Settings) -> None:
    settings.AZURE_SPEECH_KEY = ""
    assert provider.unavailable_because() == "AZURE_SPEECH_KEY is not set."
