from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.audio import decoded_s
from tests.speaking import said
from tests.vendors import polly as wire
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import ProviderForbidden, ProviderRateLimited, ProviderRejected, ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.polly import PollyProvider
from voice.providers.polly_request import ssml
from voice.text.characters import normalized

HELLO = SpeechRequest("Hello there", VoiceId("polly", "Joanna"))


@pytest.fixture
async def provider() -> AsyncIterator[PollyProvider]:
    made = PollyProvider()
    yield made
    await made.close()


async def test_nothing_chosen_is_the_neural_engine_as_mp3(vendors: FakeVendors, provider: PollyProvider) -> None:
    data = await said(provider, HELLO)
    assert vendors.heard[0].body == {
        "Engine": "neural",
        "OutputFormat": "mp3",
        "SampleRate": "24000",
        "Text": "Hello there",
        "TextType": "text",
        "VoiceId": "Joanna",
    }
    assert f"Credential={wire.KEY_ID}/" in vendors.heard[0].headers["Authorization"]
    assert decoded_s(data, AudioFormat.MP3) == pytest.approx(1.0, abs=0.07)


async def test_opus_comes_in_ogg_at_its_own_rate(vendors: FakeVendors, provider: PollyProvider) -> None:
    data = await said(provider, replace(HELLO, format=AudioFormat.OPUS))
    body = vendors.heard[0].body
    assert (body["OutputFormat"], body["SampleRate"]) == ("ogg_opus", "48000")
    assert decoded_s(data, AudioFormat.OPUS) == pytest.approx(1.0, abs=0.07)


async def test_a_model_is_an_engine(vendors: FakeVendors, provider: PollyProvider) -> None:
    await said(provider, replace(HELLO, model="generative"))
    assert vendors.heard[0].body["Engine"] == "generative"


@pytest.mark.parametrize(("speed", "rate"), [(1.25, "125%"), (0.5, "50%"), (4.0, "200%")])
async def test_a_speed_is_told_in_ssml(vendors: FakeVendors, provider: PollyProvider, speed: float, rate: str) -> None:
    await said(provider, replace(HELLO, text="R&D <now>", speed=speed))
    body = vendors.heard[0].body
    assert body["TextType"] == "ssml"
    assert body["Text"] == f'<speak><prosody rate="{rate}">R&amp;D &lt;now&gt;</prosody></speak>'


@given(st.text(), st.floats(0.25, 4.0))
def test_no_text_breaks_the_ssml(text: str, speed: float) -> None:
    document = ElementTree.fromstring(ssml(text, speed))  # noqa: S314  # it is ours
    assert [element.tag for element in document.iter()] == ["speak", "prosody"]
    assert "".join(document.itertext()) == normalized(text)


@pytest.mark.parametrize(
    ("mischief", "error"),
    [
        ("401", ProviderForbidden),  # UnrecognizedClientException
        ("413", ProviderRejected),  # TextLengthExceededException
        ("429", ProviderRateLimited),  # ThrottlingException, which comes with status 400
        ("500", ProviderUnavailable),  # ServiceFailureException
    ],
)
async def test_an_error_is_told_by_what_it_means(
    vendors: FakeVendors, provider: PollyProvider, mischief: str, error: type[Exception]
) -> None:
    vendors.misbehave("polly", mischief)
    with pytest.raises(error):
        await said(provider, HELLO)
    assert len(vendors.heard) == 1


async def test_the_wait_it_asks_for_is_kept(vendors: FakeVendors, provider: PollyProvider) -> None:
    vendors.misbehave("polly", "429")
    with pytest.raises(ProviderRateLimited) as failed:
        await said(provider, HELLO)
    assert failed.value.retry_after_s == 7


async def hanging(vendors: FakeVendors, provider: PollyProvider, count: int) -> list[asyncio.Task[bytes]]:
    """Calls under way that will never end, all of them heard of."""
    calls = [asyncio.create_task(said(provider, HELLO)) for _ in range(count)]
    async with asyncio.timeout(5):
        while len(vendors.heard) < count:
            await asyncio.sleep(0.01)
    return calls


async def hung_up(calls: list[asyncio.Task[bytes]]) -> None:
    for call in calls:
        call.cancel()
    await asyncio.wait(calls)


async def test_no_call_waits_for_another_to_be_answered(vendors: FakeVendors, provider: PollyProvider) -> None:
    vendors.misbehave("polly", "hang")
    calls = await hanging(vendors, provider, (provider.rules().at_once or 0) - 1)
    vendors.behave("polly")
    async with asyncio.timeout(5):
        assert await said(provider, HELLO)
    await hung_up(calls)


@pytest.mark.parametrize("mischief", ["hang", "hang-midway"])
async def test_hanging_up_frees_the_threads_that_wait(
    vendors: FakeVendors, provider: PollyProvider, mischief: str
) -> None:
    vendors.misbehave("polly", mischief)
    await hung_up(await hanging(vendors, provider, provider.rules().at_once or 0))
    vendors.behave("polly")
    async with asyncio.timeout(5):
        assert await said(provider, HELLO)


async def test_nothing_but_the_settings_says_where_and_as_whom(
    vendors: FakeVendors, provider: PollyProvider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    config.write_text("[default]\naws_access_key_id = AKIAELSE\nendpoint_url = http://127.0.0.1:9\nregion = else\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "else")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert await said(provider, HELLO)
    headers = vendors.heard[0].headers
    assert f"Credential={wire.KEY_ID}/" in headers["Authorization"]
    assert "/us-east-1/polly/" in headers["Authorization"]
    assert "X-Amz-Security-Token" not in headers


@pytest.mark.parametrize("missing", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
async def test_it_needs_both_halves_of_a_key(
    vendors: FakeVendors, provider: PollyProvider, settings: Settings, missing: str
) -> None:
    setattr(settings, missing, "")
    assert provider.unavailable_because() == f"{missing} is not set."
    with pytest.raises(ProviderUnavailable):
        await said(provider, HELLO)
    assert vendors.heard == []


@pytest.mark.parametrize(("setting", "wrong"), [("POLLY_BASE_URL", "htp:/nowhere"), ("AWS_DEFAULT_REGION", "a b")])
async def test_a_place_that_is_none_is_unavailable(
    vendors: FakeVendors, provider: PollyProvider, settings: Settings, setting: str, wrong: str
) -> None:
    setattr(settings, setting, wrong)
    with pytest.raises(ProviderUnavailable, match="POLLY_BASE_URL"):
        await said(provider, HELLO)


async def test_warming_up_makes_the_client_in_a_thread(vendors: FakeVendors, provider: PollyProvider) -> None:
    await provider.warm_up()
    assert any(thread.name.startswith("polly") for thread in threading.enumerate())
    assert vendors.heard == []


async def test_no_log_holds_the_key_or_the_words(
    vendors: FakeVendors, provider: PollyProvider, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("", "urllib3", "boto3"):
        caplog.set_level(logging.DEBUG, name)
    await said(provider, replace(HELLO, text="Xylophone"))
    assert wire.SECRET not in caplog.text
    assert wire.KEY_ID not in caplog.text
    assert "ylophone" not in caplog.text
