from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from voice.domain.errors import InvalidRequest
from voice.domain.voice import VoiceId
from voice.models import ProviderModel, Voice
from voice.providers import catalogue
from voice.providers.choosing import (
    check_settings,
    choose_model,
    choose_voice,
    default_model,
    default_voice,
    find_provider,
    find_voice,
    preferred_voice,
)
from voice.providers.registry import provider

pytestmark = pytest.mark.django_db

SUNSET = date(2027, 1, 6)
DAY_BEFORE = SUNSET - timedelta(days=1)
HEART, ALLOY = VoiceId("local", "heart"), VoiceId("openai", "alloy")


@pytest.fixture(autouse=True)
def chain(settings: Settings) -> Iterator[None]:
    """Two providers, and no rows but those a test makes."""
    settings.TTS_PROVIDER = ["local", "openai"]
    Voice.objects.all().delete()
    ProviderModel.objects.all().delete()
    catalogue.read()
    yield
    catalogue.expire()


def switch_off(voice: VoiceId) -> None:
    Voice.objects.create(
        provider=voice.provider, name=voice.name, label="x", language="en-US", gender="female", enabled=False
    )
    catalogue.read()


def model(name: str, **facts: object) -> None:
    ProviderModel.objects.create(provider="openai", name=name, **facts)
    catalogue.read()


def refusal(field: str, refused: pytest.ExceptionInfo[InvalidRequest]) -> str:
    assert list(refused.value.fields) == [field]
    return refused.value.message


def test_those_who_do_not_choose_hear_the_chains_first_voice(settings: Settings) -> None:
    assert default_voice() == HEART
    settings.TTS_DEFAULT_VOICE = "openai:nova"
    assert default_voice() == VoiceId("openai", "nova")


def test_a_default_voice_that_does_not_exist_is_a_mistake_of_the_operator(settings: Settings) -> None:
    settings.TTS_DEFAULT_VOICE = "local:nobody"
    with pytest.raises(ImproperlyConfigured, match="TTS_DEFAULT_VOICE: local has no voice of that name"):
        default_voice()


def test_while_the_default_voice_is_switched_off_its_nearest_stands_in(settings: Settings) -> None:
    switch_off(HEART)
    assert default_voice() == VoiceId("local", "bright")
    settings.TTS_DEFAULT_VOICE = "local:heart"
    assert default_voice() == VoiceId("local", "bright")


@pytest.mark.parametrize(
    ("chosen", "heard"),
    [
        ((), "local:heart"),
        (("", ""), "local:heart"),
        (("openai:nova", "local:bright"), "openai:nova"),
        (("", "local:bright"), "local:bright"),
        (("polly:Joanna", "local:bright"), "local:bright"),
        (("polly:Joanna",), "local:heart"),
    ],
)
def test_the_first_of_ones_choices_that_is_still_there_is_heard(chosen: tuple[str, ...], heard: str) -> None:
    assert str(preferred_voice(*chosen)) == heard


@pytest.mark.parametrize(
    ("written", "of", "found"),
    [
        ("local:deep", "", VoiceId("local", "deep")),
        ("deep", "local", VoiceId("local", "deep")),
        ("openai:one-of-ours", "", VoiceId("openai", "one-of-ours")),
        ("", "openai", ALLOY),
    ],
)
def test_a_voice_is_named_in_full_or_by_its_provider(written: str, of: str, found: VoiceId) -> None:
    assert choose_voice(written, of) == found


@pytest.mark.parametrize(
    ("written", "of", "told"),
    [
        ("local:nobody", "", "no voice of that name"),
        ("openai:alloy", "local", "not one of local's"),
        ("azure:ann", "", "No provider of the voice"),
        ("alloy", "", "provider:name"),
    ],
)
def test_a_voice_that_is_not_here_is_refused(written: str, of: str, told: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        choose_voice(written, of)
    assert told in refusal("voice", refused)


def test_a_provider_outside_the_chain_is_refused() -> None:
    with pytest.raises(InvalidRequest) as refused:
        find_provider("azure")
    assert refusal("provider", refused).endswith("local, openai.")


@pytest.mark.parametrize("voice", [HEART, ALLOY])
def test_a_voice_that_is_switched_off_is_refused(voice: VoiceId) -> None:
    switch_off(voice)
    with pytest.raises(InvalidRequest) as refused:
        find_voice(str(voice))
    assert "switched off" in refusal("voice", refused)


def test_a_provider_alone_means_its_first_voice_that_is_on() -> None:
    switch_off(ALLOY)
    assert choose_voice("", "openai") == VoiceId("openai", "coral")


def test_a_model_nobody_knows_is_the_vendors_to_judge() -> None:
    assert choose_model("gpt-next", ALLOY) == "gpt-next"
    with pytest.raises(InvalidRequest) as refused:
        choose_model("gpt-next", HEART)
    assert "one model, hibari-0.2.1" in refusal("model", refused)


def test_a_model_is_refused_from_its_last_day_on_and_the_day_is_named() -> None:
    model("tts-1", sunset_on=SUNSET)
    assert choose_model("tts-1", ALLOY, DAY_BEFORE) == "tts-1"
    with pytest.raises(InvalidRequest) as refused:
        choose_model("tts-1", ALLOY, SUNSET)
    assert refusal("model", refused) == "openai switched tts-1 off on 2027-01-06."


def test_a_model_an_admin_switched_off_is_refused() -> None:
    model("tts-1-hd", enabled=False)
    with pytest.raises(InvalidRequest) as refused:
        choose_model("tts-1-hd", ALLOY)
    assert "switched off here" in refusal("model", refused)


def test_nobody_speaks_with_a_model_that_is_over_while_there_is_another() -> None:
    model("tts-1", sunset_on=SUNSET)
    model("gpt-hd", is_hd=True)
    model("gpt-next")
    assert default_model(provider("openai"), catalogue.current(), DAY_BEFORE) == "tts-1"
    assert default_model(provider("openai"), catalogue.current(), SUNSET) == "gpt-next"
    assert choose_model("", ALLOY, SUNSET) == "gpt-next"


def test_a_provider_with_no_model_left_keeps_its_own_and_the_chain_steps_over_it() -> None:
    model("tts-1", sunset_on=SUNSET)
    assert default_model(provider("openai"), catalogue.current(), SUNSET) == "tts-1"
    assert catalogue.current().is_over("openai", "tts-1", SUNSET)


def test_settings_a_provider_does_not_know_are_refused() -> None:
    check_settings(["instructions"], ALLOY)
    with pytest.raises(InvalidRequest) as refused:
        check_settings(["stability"], HEART)
    assert refusal("settings", refused) == "local has no setting stability; it has: none."
