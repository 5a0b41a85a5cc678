"""The example of docs/adding-a-provider.md, which is taken at its word."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytest_django import Settings

from tests.audio import decoded_s
from tests.server import ROOT
from tests.speaking import said
from tests.vendors.server import WIRES, FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.provider import VoiceFacts

GUIDE = (ROOT / "docs" / "adding-a-provider.md").read_text()
FILES = dict(re.findall(r"^`([\w/]+\.py)`\n\n```python\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL))


def module(path: str) -> Any:
    """The file of the guide that is to stand at ``path``, executed."""
    made = ModuleType(path)
    exec(compile(FILES[path], path, "exec"), made.__dict__)  # noqa: S102  # our own page
    return made


@pytest.fixture
async def vendors(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeVendors]:
    """The vendors, Lark among them."""
    lark = module("tests/vendors/lark.py")
    monkeypatch.setitem(WIRES, "lark", lark.WIRE)
    async with FakeVendors() as fake:
        settings.LARK_API_KEY, settings.LARK_BASE_URL = lark.KEY, f"{fake.url}/lark"
        yield fake


@pytest.fixture
async def provider(vendors: FakeVendors, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    adapter = module("voice/providers/lark.py")
    monkeypatch.setitem(sys.modules, "voice.providers.lark", adapter)
    made = adapter.LarkProvider()
    yield made
    await made.close()


@pytest.mark.parametrize("audio_format", [AudioFormat.PCM, AudioFormat.MP3])
async def test_the_example_speaks(provider: Any, audio_format: AudioFormat) -> None:
    data = await said(provider, SpeechRequest("Hello", VoiceId("lark", "ann"), format=audio_format))
    assert decoded_s(data, audio_format) == pytest.approx(1.0, abs=0.07)


async def test_the_example_lists_its_voices(provider: Any) -> None:
    assert await provider.list_voices() == [VoiceFacts("ann", "Ann", "en-US", "female")]


async def test_the_examples_own_tests_pass(provider: Any, vendors: FakeVendors) -> None:
    tests = module("tests/voice/providers/test_lark.py")
    await tests.test_it_asks_in_larks_words(vendors, provider)
    vendors.heard.clear()
    await tests.test_it_speaks_as_fast_or_as_slowly_as_it_can(vendors, provider, 4.0, 2.0)


def test_every_file_it_speaks_of_exists() -> None:
    spoken_of = re.findall(r"`((?:voice|tests|tts_project)/[\w/]+\.(?:py|json))`", GUIDE)
    there = [path for path in spoken_of if path not in FILES]
    assert there
    assert [path for path in there if not Path(ROOT, path).is_file()] == []
