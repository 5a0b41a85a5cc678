"""What every provider behind a network keeps, whatever its vendor does: one suite over all that the registry lists."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Any, Final

import psutil
import pytest
from django.utils.module_loading import import_string
from pytest_django import Settings

from tests.audio import decoded_s
from tests.processes import free_port
from tests.speaking import said
from tests.vendors import google
from tests.vendors.environment import environment, point_settings_at
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import (
    BadAudio,
    ProviderError,
    ProviderForbidden,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
)
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.provider import Provider
from voice.providers.registry import PROVIDERS

CLASSES: Final[dict[str, type[Provider]]] = {
    name: import_string(path) for name, path in PROVIDERS.items() if name != "local"
}
STREAMING: Final = [name for name, provider in CLASSES.items() if provider.streams]
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "openai": ("OPENAI_API_KEY",),
    "openai_realtime": ("OPENAI_API_KEY",),
    "elevenlabs": ("ELEVENLABS_API_KEY",),
    "azure": ("AZURE_SPEECH_KEY", "AZURE_SPEECH_BASE_URL"),
    "google": ("GOOGLE_APPLICATION_CREDENTIALS",),
    "polly": ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
    "playht": ("PLAYHT_USER_ID", "PLAYHT_API_KEY", "PLAYHT_BASE_URL"),
    "kokoro": ("KOKORO_BASE_URL",),
    "piper": ("PIPER_BASE_URL",),
    "coqui": ("COQUI_BASE_URL",),
}
"""The settings without which a provider cannot be used."""

OTHER_SECRETS: Final = (google.TOKEN, "PRIVATE KEY")
"""What is no setting, and no more to be shown than the keys that are."""

WORD: Final = "Xylophone"

AT_ONCE_S: Final = 0.5
"""Within which a vendor sees that its caller has left."""

PATIENCE_S: Final = 10.0
"""For what comes soon, or never."""

CALLS_AT_ONCE: Final = 20


@pytest.fixture(params=CLASSES)
async def provider(request: pytest.FixtureRequest, vendors: FakeVendors) -> AsyncIterator[Provider]:
    """Each provider of the registry, in front of its vendor."""
    made = CLASSES[request.param]()
    yield made
    await made.close()


def asking(provider: Provider, audio_format: AudioFormat | None = None) -> SpeechRequest:
    """A request as the chain would make it."""
    voice = VoiceId(provider.name, provider.voices[0].name)
    return SpeechRequest("Hello there", voice, provider.default_model, audio_format or provider.formats[0])


def of_each(names: Sequence[str]) -> pytest.MarkDecorator:
    """Parametrize over every format of these providers."""
    pairs = [(name, audio_format) for name in names for audio_format in CLASSES[name].formats]
    return pytest.mark.parametrize(("provider", "audio_format"), pairs, indirect=["provider"])


@of_each(list(CLASSES))
async def test_it_says_it_in_every_format_it_declares(provider: Provider, audio_format: AudioFormat) -> None:
    data = await said(provider, asking(provider, audio_format))
    assert decoded_s(data, audio_format) == pytest.approx(1.0, abs=0.07)


@of_each(STREAMING)
async def test_its_first_chunk_comes_before_the_last_is_made(
    provider: Provider, audio_format: AudioFormat, vendors: FakeVendors
) -> None:
    vendors.seconds = 3.0
    vendors.hold.clear()
    async with aclosing(provider.synthesize(asking(provider, audio_format))) as chunks:
        first = await asyncio.wait_for(anext(chunks), PATIENCE_S)
        vendors.hold.set()
        rest = [chunk async for chunk in chunks]
    assert first
    assert decoded_s(b"".join([first, *rest]), audio_format) == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize(
    ("mischief", "error", "retryable"),
    [
        ("400", ProviderRejected, False),
        ("401", ProviderForbidden, False),
        ("402", ProviderForbidden, False),
        ("403", ProviderForbidden, False),
        ("404", ProviderRejected, False),
        ("413", ProviderRejected, False),
        ("429", ProviderRateLimited, True),
        ("429-bare", ProviderRateLimited, True),
        ("500", ProviderUnavailable, True),
        ("503", ProviderUnavailable, True),
        ("cut", ProviderUnavailable, True),
        ("cut-chunked", ProviderUnavailable, True),
        ("html", BadAudio, True),
        ("wrong-type", BadAudio, True),
        ("redirect", ProviderRejected, False),
    ],
)
async def test_a_failure_is_told_by_its_kind_and_not_tried_again(
    provider: Provider, vendors: FakeVendors, mischief: str, error: type[ProviderError], retryable: bool
) -> None:
    vendors.misbehave(provider.name, mischief)
    with pytest.raises(ProviderError) as failed:
        await said(provider, asking(provider))
    assert type(failed.value) is error
    assert failed.value.provider == provider.name
    assert failed.value.retryable is retryable
    assert times_asked(vendors, provider) == 1


@pytest.mark.parametrize(("mischief", "wait_s"), [("429", 7), ("429-bare", None)])
async def test_the_wait_that_is_asked_for_is_told(
    provider: Provider, vendors: FakeVendors, mischief: str, wait_s: float | None
) -> None:
    vendors.misbehave(provider.name, mischief)
    with pytest.raises(ProviderRateLimited) as failed:
        await said(provider, asking(provider))
    assert failed.value.retry_after_s == wait_s


async def test_an_empty_answer_never_passes_for_sound(provider: Provider, vendors: FakeVendors) -> None:
    vendors.misbehave(provider.name, "empty")
    with suppress(BadAudio):
        assert await said(provider, asking(provider)) == b""


async def test_a_slow_drip_comes_through(provider: Provider, vendors: FakeVendors) -> None:
    vendors.misbehave(provider.name, "drip")
    data = await said(provider, asking(provider))
    assert decoded_s(data, provider.formats[0]) == pytest.approx(1.0, abs=0.07)


@pytest.mark.parametrize("mischief", ["hang", "hang-midway"])
async def test_it_waits_for_a_vendor_that_hangs_and_leaves_at_once_when_cancelled(
    provider: Provider, vendors: FakeVendors, mischief: str
) -> None:
    vendors.misbehave(provider.name, mischief)
    waiting = asyncio.create_task(said(provider, asking(provider)))
    await until_asked(vendors, provider)
    await asyncio.wait([waiting], timeout=0.2)
    assert not waiting.done()
    waiting.cancel()
    async with asyncio.timeout(AT_ONCE_S):
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await vendors.left.wait()


@pytest.mark.parametrize("provider", STREAMING, indirect=True)
async def test_closing_it_hangs_up_at_once_and_the_next_call_is_as_good_as_new(
    provider: Provider, vendors: FakeVendors
) -> None:
    vendors.seconds = 3.0
    vendors.hold.clear()
    chunks = provider.synthesize(asking(provider))
    await asyncio.wait_for(anext(chunks), PATIENCE_S)
    async with asyncio.timeout(AT_ONCE_S):
        await chunks.aclose()
        await vendors.left.wait()
    vendors.hold.set()
    data = await said(provider, asking(provider))
    assert decoded_s(data, provider.formats[0]) == pytest.approx(3.0, abs=0.07)


async def test_a_thousand_calls_good_and_bad_leave_no_socket_behind(provider: Provider, vendors: FakeVendors) -> None:
    vendors.seconds, vendors.chunks = 0.02, 1
    for mischief in [None] * 42 + ["500", "cut"] * 4:
        vendors.behave(provider.name) if mischief is None else vendors.misbehave(provider.name, mischief)
        calls = (said(provider, asking(provider)) for _ in range(CALLS_AT_ONCE))
        outcomes = {type(outcome) for outcome in await asyncio.gather(*calls, return_exceptions=True)}
        assert outcomes == {bytes if mischief is None else ProviderUnavailable}
    assert times_asked(vendors, provider) == 1_000
    assert len(sockets_to(vendors)) <= CALLS_AT_ONCE
    await provider.close()
    assert sockets_to(vendors) == []


@pytest.mark.parametrize("mischief", [None, "400", "401", "429", "500", "html", "wrong-type", "cut", "empty"])
async def test_neither_a_key_nor_the_words_get_into_a_log_or_an_error(
    provider: Provider, vendors: FakeVendors, mischief: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    if mischief:
        vendors.misbehave(provider.name, mischief)
    shown = ""
    try:
        await said(provider, replace(asking(provider), text=WORD))
    except ProviderError as error:
        shown = "".join(traceback.format_exception(error))
    told = f"{shown} {caplog.text}".casefold()
    assert [secret for secret in (*secrets_of(vendors), WORD) if secret.casefold() in told] == []


@pytest.mark.parametrize(
    ("provider", "setting"), [(name, setting) for name in CLASSES for setting in NEEDED[name]], indirect=["provider"]
)
async def test_without_a_setting_it_needs_it_says_which_and_calls_nobody(
    provider: Provider, vendors: FakeVendors, settings: Settings, setting: str
) -> None:
    setattr(settings, setting, "")
    assert setting in (provider.unavailable_because() or "")
    with pytest.raises(ProviderUnavailable, match=setting):
        await said(provider, asking(provider))
    assert vendors.heard == []


async def test_with_all_it_needs_it_is_available(provider: Provider) -> None:
    assert provider.unavailable_because() is None


async def test_a_vendor_that_is_not_there_is_unavailable(
    provider: Provider, vendors: FakeVendors, settings: Settings
) -> None:
    vendors.url = f"http://127.0.0.1:{free_port()}"
    point_settings_at(settings, vendors)
    with pytest.raises(ProviderUnavailable):
        await said(provider, asking(provider))


def secrets_of(vendors: FakeVendors) -> list[str]:
    """Every key that is set, and what else only the vendors may see."""
    keys = [told for told in environment(vendors).values() if told and not told.startswith(("http:", "/"))]
    return [*keys, *OTHER_SECRETS]


def times_asked(vendors: FakeVendors, provider: Provider) -> int:
    """How often its vendor was asked."""
    return sum(heard.vendor == provider.name for heard in vendors.heard)


async def until_asked(vendors: FakeVendors, provider: Provider) -> None:
    """Come back when its vendor has been asked."""
    async with asyncio.timeout(PATIENCE_S):
        while not times_asked(vendors, provider):
            await asyncio.sleep(0.01)


def sockets_to(vendors: FakeVendors) -> list[Any]:
    """The sockets of this process that lead to the vendors."""
    port = int(vendors.url.rpartition(":")[2])
    connections = psutil.Process().net_connections("tcp")
    return [connection for connection in connections if connection.raddr and connection.raddr.port == port]
