from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import call_command

from tests.server import ROOT
from voice.models import ProviderModel, Voice
from voice.providers.catalogue.shipped import add_missing
from voice.providers.registry import PROVIDERS, provider

FIXTURES = ROOT / "voice" / "fixtures"


def fields(fixture: str) -> list[dict[str, Any]]:
    return [entry["fields"] for entry in json.loads((FIXTURES / fixture).read_text())]


def declared() -> Iterator[tuple[str, str, str, str]]:
    for name in PROVIDERS:
        for voice in provider(name).voices:
            yield name, voice.name, voice.language, voice.gender


def test_every_voice_a_provider_declares_is_shipped_with_the_same_facts() -> None:
    shipped = {(row["provider"], row["name"], row["language"], row["gender"]) for row in fields("voices.json")}
    assert set(declared()) <= shipped


def test_every_default_model_is_shipped() -> None:
    shipped = {(row["provider"], row["name"]) for row in fields("provider_models.json")}
    assert {(name, provider(name).default_model) for name in PROVIDERS} <= shipped


def test_nothing_is_shipped_for_a_provider_that_does_not_exist() -> None:
    assert {row["provider"] for row in fields("voices.json") + fields("provider_models.json")} == set(PROVIDERS)


def test_every_price_has_the_day_it_was_looked_up() -> None:
    for row in fields("provider_models.json"):
        assert ("priced_on" in row) == ("price_per_million_characters" in row)


@pytest.mark.django_db
class TestAfterMigrating:
    """What a database holds that nobody has touched."""

    def test_there_is_a_row_for_everything_that_is_shipped(self) -> None:
        assert Voice.objects.count() == len(fields("voices.json"))
        assert ProviderModel.objects.count() == len(fields("provider_models.json"))

    def test_openais_ending_models_have_their_last_day(self) -> None:
        ending = ProviderModel.objects.exclude(sunset_on=None)
        assert set(ending.values_list("name", "sunset_on")) == {
            *((name, date(2027, 1, 6)) for name in ("tts-1", "tts-1-hd", "gpt-4o-mini-tts")),
            *((name, date(2027, 1, 20)) for name in ("gpt-realtime", "gpt-realtime-mini")),
        }

    def test_nothing_is_shipped_in_a_shape_the_admin_would_refuse(self) -> None:
        for row in (*Voice.objects.all(), *ProviderModel.objects.all()):
            row.full_clean()

    def test_a_voice_is_asked_for_by_what_fits_its_pattern(self) -> None:
        for voice in Voice.objects.all():
            assert type(voice.voice_id).parse(str(voice.voice_id)) == voice.voice_id


@pytest.mark.django_db
class TestMigratingAgain:
    """What somebody has touched stays touched."""

    def test_what_an_admin_wrote_stays(self) -> None:
        ProviderModel.objects.filter(name="tts-1").update(price_per_million_characters=Decimal(9))
        Voice.objects.filter(provider="openai", name="alloy").update(label="Allie", enabled=False)
        add_missing()
        assert ProviderModel.objects.get(name="tts-1").price_per_million_characters == Decimal(9)
        alloy = Voice.objects.get(provider="openai", name="alloy")
        assert (alloy.label, alloy.enabled) == ("Allie", False)

    def test_what_is_missing_comes_back(self) -> None:
        Voice.objects.filter(provider="polly").delete()
        ProviderModel.objects.all().delete()
        call_command("migrate", verbosity=0)
        assert Voice.objects.count() == len(fields("voices.json"))
        assert ProviderModel.objects.filter(name="tts-1").exists()

    def test_the_shipped_figures_can_be_asked_for_again(self) -> None:
        """``manage.py loaddata provider_models`` is the operator's way to take the shipped prices anew."""
        ProviderModel.objects.filter(name="tts-1").update(price_per_million_characters=Decimal(9))
        call_command("loaddata", "provider_models", verbosity=0)
        assert ProviderModel.objects.get(name="tts-1").price_per_million_characters == Decimal(15)
        assert ProviderModel.objects.count() == len(fields("provider_models.json"))


def test_rows_are_in_the_order_people_read_them_in() -> None:
    """Providers stay together, so that a change to one is a change to one place."""
    providers = [row["provider"] for row in fields("voices.json")]
    assert len([one for one in pairwise(providers) if one[0] != one[1]]) == len(set(providers)) - 1
