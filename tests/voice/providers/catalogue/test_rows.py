from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from voice.domain.voice import VoiceId
from voice.models import ProviderModel, Speaker, Voice
from voice.providers.catalogue import rows
from voice.providers.catalogue.snapshot import Catalogue, KnownModel
from voice.providers.registry import provider

pytestmark = pytest.mark.django_db


def read() -> Catalogue:
    return rows.refined([provider("local"), provider("openai")])


def voice(provider: str, name: str, **facts: object) -> Voice:
    told = {"label": name.title(), "language": "en-US", "gender": "female"} | facts
    row, _ = Voice.objects.update_or_create(provider=provider, name=name, defaults=told)
    return row


def test_without_rows_it_holds_what_providers_declare() -> None:
    Voice.objects.all().delete()
    assert read().voices() == rows.declared([provider("local"), provider("openai")]).voices()
    assert read().first_voice("local") == VoiceId("local", "heart")


def test_a_row_refines_what_its_provider_declares() -> None:
    voice("local", "heart", label="My heart", gender="neutral")
    known = read().voice(VoiceId("local", "heart"))
    assert known is not None
    assert (known.label, known.gender) == ("My heart", "neutral")
    assert read().first_voice("local") == VoiceId("local", "heart")  # it keeps its place


def test_a_voice_is_silenced_by_an_admin_or_by_its_vendor() -> None:
    voice("local", "heart", enabled=False)
    voice("local", "deep", vanished_on=date(2026, 11, 1))
    assert {known.id.name for known in read().voices("local")} == {"bright", "warm"}


def test_an_admin_can_add_a_voice_to_an_open_catalogue() -> None:
    voice("openai", "my-own")
    assert VoiceId("openai", "my-own") in {known.id for known in read().voices("openai")}


def test_a_closed_catalogue_has_no_voice_its_provider_does_not_declare() -> None:
    voice("local", "ghost")
    assert read().voice(VoiceId("local", "ghost")) is None


def test_voices_of_providers_outside_the_chain_are_not_in_it() -> None:
    voice("elsewhere", "eve")
    assert read().voice(VoiceId("elsewhere", "eve")) is None


def test_a_voice_names_its_fallback() -> None:
    voice("openai", "alloy", fallback=voice("openai", "nova"))
    assert read().fallback_of(VoiceId("openai", "alloy")) == VoiceId("openai", "nova")


def test_models_bring_their_price_and_their_last_day() -> None:
    ProviderModel.objects.update_or_create(
        provider="openai",
        name="tts-1",
        defaults={"price_per_million_characters": Decimal(15), "sunset_on": date(2027, 1, 6), "is_hd": False},
    )
    model = read().model("openai", "tts-1")
    assert model is not None
    assert (model.price, model.sunset_on) == (Decimal(15), date(2027, 1, 6))


def test_a_default_model_is_known_without_a_row() -> None:
    ProviderModel.objects.all().delete()
    assert read().models("local") == [KnownModel("local", "hibari-0.2.1")]


def test_speakers_bring_their_voice_and_settings() -> None:
    Speaker.objects.create(name="Ada", voice=voice("openai", "nova"), settings={"instructions": "Whisper."})
    ada = read().speaker("ada")
    assert ada is not None
    assert (ada.voice, ada.settings) == (VoiceId("openai", "nova"), {"instructions": "Whisper."})


def test_reading_it_takes_three_queries(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        read()


def test_a_provider_with_a_closed_catalogue_has_the_model_it_declares() -> None:
    ProviderModel.objects.update_or_create(provider="local", name="another")
    assert [model.name for model in read().models("local")] == ["hibari-0.2.1"]
