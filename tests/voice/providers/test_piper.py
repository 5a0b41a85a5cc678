from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.audio import decoded_s
from tests.speaking import said
from tests.vendors.server import FakeVendors
from tests.vendors.wav import wav_tone
from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio, ProviderRejected, UnsupportedText
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.piper import PiperProvider, plain

HELLO = SpeechRequest("Hello there", VoiceId("piper", "default"), format=AudioFormat.PCM)


@pytest.fixture
async def provider(vendors: FakeVendors) -> AsyncIterator[PiperProvider]:
    made = PiperProvider()
    yield made
    await made.close()


async def test_its_own_voice_at_its_own_pace_takes_nothing_but_the_text(
    vendors: FakeVendors, provider: PiperProvider
) -> None:
    await said(provider, HELLO)
    assert vendors.heard[0].body == {"text": "Hello there"}


async def test_it_asks_in_pipers_words(vendors: FakeVendors, provider: PiperProvider) -> None:
    voice = VoiceId("piper", "en_US-joe-medium")
    await said(provider, replace(HELLO, voice=voice, speed=2.0, settings={"speaker_id": 3, "unknown": "x"}))
    assert vendors.heard[0].body == {
        "text": "Hello there",
        "voice": "en_US-joe-medium",
        "length_scale": 0.5,
        "speaker_id": 3,
    }


async def test_its_own_rate_becomes_ours(provider: PiperProvider) -> None:
    assert decoded_s(await said(provider, HELLO), AudioFormat.PCM) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("mischief", ["html", "garbage", "wrong-type"])
async def test_what_is_no_wav_is_bad_audio_whatever_it_says_of_itself(
    vendors: FakeVendors, provider: PiperProvider, mischief: str
) -> None:
    vendors.misbehave("piper", mischief)
    with pytest.raises(BadAudio):
        await said(provider, HELLO)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Nul\0l", "Null"),
        ("Half \ud83d of it", "Half  of it"),
        ("See [[Main page]].", "See  Main page ."),
        ("A [[[nested]]] thing", "A  nested  thing"),
        ("Kept [as it is]", "Kept [as it is]"),
    ],
)
def test_what_it_chokes_on_is_taken_out_and_the_words_stay(text: str, sent: str) -> None:
    assert plain(text) == sent


@given(st.text(st.characters(codec=None), max_size=60), st.text("[]h ", max_size=30))
def test_no_text_can_give_it_phonemes_or_a_half_character(words: str, brackets: str) -> None:
    sent = plain(f"{words}{brackets}a{words}")
    assert "[[" not in sent
    assert "\0" not in sent
    sent.encode()


def test_a_text_of_which_nothing_is_left_is_unsupported() -> None:
    with pytest.raises(UnsupportedText):
        plain("[[ ]]")


def piper(path: str) -> web.Application:
    """A Piper server that takes text at ``path`` and shows a page at its first address."""

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<html>Piper</html>", content_type="text/html")

    async def speak(_request: web.Request) -> web.Response:
        return web.Response(body=wav_tone(0.5, 16_000), content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    app.router.add_post(path, speak)
    return app


@pytest.mark.parametrize("path", ["/", "/synthesize"])
async def test_it_finds_where_its_server_takes_text(provider: PiperProvider, settings: Settings, path: str) -> None:
    async with TestServer(piper(path)) as server:
        settings.PIPER_BASE_URL = str(server.make_url(""))
        assert decoded_s(await said(provider, HELLO), AudioFormat.PCM) == pytest.approx(0.5, abs=0.01)


async def test_a_server_that_takes_no_text_at_all_rejects_it(provider: PiperProvider, settings: Settings) -> None:
    async with TestServer(piper("/elsewhere")) as server:
        settings.PIPER_BASE_URL = str(server.make_url(""))
        with pytest.raises(ProviderRejected):
            await said(provider, HELLO)


def test_without_an_address_it_is_unavailable(provider: PiperProvider, settings: Settings) -> None:
    settings.PIPER_BASE_URL = ""
    assert provider.unavailable_because() == "PIPER_BASE_URL is not set."
