from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from voice.domain.voice import VoiceId
from voice.models import ProviderModel
from voice.providers.catalogue import Catalogue, KnownModel, KnownVoice
from voice.providers.registry import PROVIDERS, provider
from voice.providers.standing import Standing, chains, every_standing, standing

TODAY = date(2026, 11, 21)
ALLOY = VoiceId("openai", "alloy")


def openai(**model: object) -> Standing:
    known = Catalogue(
        [KnownVoice(ALLOY, "Alloy", "mul", "female")],
        [KnownModel("openai", "tts-1", **model)],  # type: ignore[arg-type]
    )
    return standing(provider("openai"), known, TODAY)


def test_it_says_why_a_provider_is_silent_and_how_it_would_speak(settings: Settings) -> None:
    settings.TTS_PROVIDER = ["local", "openai"]
    assert openai() == Standing("openai", 2, "OPENAI_API_KEY is not set.", ALLOY, "tts-1", None)


def test_a_provider_with_all_it_needs_is_not_silent(settings: Settings) -> None:
    settings.OPENAI_API_KEY = "sk-test"
    assert openai().silent_because is None


def test_a_provider_is_silent_from_its_models_last_day_on(settings: Settings) -> None:
    settings.OPENAI_API_KEY = "sk-test"
    assert openai(sunset_on=TODAY + timedelta(days=1)).silent_because is None
    assert openai(sunset_on=TODAY).silent_because == "Its model tts-1 has been switched off."


@pytest.mark.django_db
def test_all_are_told_of_and_the_chain_first(settings: Settings) -> None:
    settings.TTS_PROVIDER = ["polly", "local"]
    every = every_standing(TODAY)
    assert [one.name for one in every[:2]] == ["polly", "local"]
    assert {one.name for one in every} == set(PROVIDERS)
    assert [(one.name, one.place) for one in chains(every)] == [("polly", 1), ("local", 2)]


@pytest.mark.django_db
def test_the_rows_have_their_say() -> None:
    ProviderModel.objects.filter(provider="local").update(sunset_on=TODAY)
    local = next(one for one in every_standing(TODAY) if one.name == "local")
    assert local.silent_because == "Its model hibari-0.2.1 has been switched off."
