from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from tests.vendors.server import FakeVendors
from voice.models import ProviderCall, ProviderModel
from voice.providers.registry import PROVIDERS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> Shown:
    return Shown(capsys)


class Shown:
    """What was printed about a provider."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def lines(self) -> dict[str, str]:
        return {line.split()[1]: line for line in self._capsys.readouterr().out.splitlines() if line[:4].strip(" .")}


def test_it_tells_of_every_provider_how_it_stands(shown: Shown, settings: Settings) -> None:
    settings.TTS_PROVIDER = ["openai", "local"]
    assert call_command("check_providers") == "1 of 2 providers of the chain can speak."
    lines = shown.lines()
    assert set(PROVIDERS) <= set(lines)
    assert lines["openai"] == " 1. openai           OPENAI_API_KEY is not set."
    assert lines["local"] == " 2. local            Can speak as local:heart with hibari-0.2.1."
    assert lines["azure"] == "  - azure            AZURE_SPEECH_KEY is not set."


def test_it_ends_with_1_when_nobody_in_the_chain_can_speak(settings: Settings) -> None:
    settings.TTS_PROVIDER = ["openai"]
    with pytest.raises(CommandError, match=r"^0 of 1 providers of the chain can speak\.$") as failed:
        call_command("check_providers")
    assert failed.value.returncode == 1


def test_it_warns_of_a_model_that_is_about_to_end(vendors: FakeVendors, settings: Settings, shown: Shown) -> None:
    ProviderModel.objects.filter(name="tts-1").update(sunset_on=timezone.now().date() + timedelta(days=30))
    settings.TTS_PROVIDER = ["openai"]
    call_command("check_providers")
    assert re.search(r"Can speak as openai:alloy with tts-1\. tts-1 ends on \d{4}-", shown.lines()["openai"])


def test_a_provider_whose_models_are_all_over_cannot_speak(
    vendors: FakeVendors, settings: Settings, shown: Shown
) -> None:
    ProviderModel.objects.filter(provider="openai").update(sunset_on=timezone.now().date())
    settings.TTS_PROVIDER = ["openai", "local"]
    assert call_command("check_providers") == "1 of 2 providers of the chain can speak."
    assert "Its model tts-1 has been switched off." in shown.lines()["openai"]


async def test_with_call_each_says_a_word_and_the_time_is_taken(
    vendors: FakeVendors, settings: Settings, shown: Shown
) -> None:
    settings.TTS_PROVIDER = ["openai", "azure"]
    vendors.misbehave("azure", "500")
    told = await asyncio.to_thread(call_command, "check_providers", "--call")
    assert told == "1 of 2 providers of the chain can speak."
    lines = shown.lines()
    assert re.search(r"First byte after 0\.\d{3} s, all after \d\.\d{3} s\.", lines["openai"])
    assert "It was tried and failed: It answered 500." in lines["azure"]
    spoken = ProviderCall.objects.filter(provider="openai", outcome=ProviderCall.Outcome.SPOKE)
    assert [call.characters async for call in spoken] == [len("Hello.")]


async def test_with_call_it_ends_with_1_when_everybody_failed(vendors: FakeVendors, settings: Settings) -> None:
    settings.TTS_PROVIDER = ["azure"]
    vendors.misbehave("azure", "401")
    with pytest.raises(CommandError, match="0 of 1"):
        await asyncio.to_thread(call_command, "check_providers", "--call")
