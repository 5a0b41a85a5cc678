from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from voice.domain.voice import VoiceId
from voice.providers.catalogue import Catalogue, KnownModel, KnownVoice
from voice.providers.notices import Notice, notices
from voice.providers.registry import provider

TODAY = date(2026, 11, 21)
SOON = TODAY + timedelta(days=46)


def told(*models: KnownModel) -> list[Notice]:
    known = Catalogue([KnownVoice(VoiceId("openai", "alloy"), "Alloy", "mul", "female")], models)
    return notices([provider("openai")], known, TODAY)


def test_when_all_is_well_there_is_nothing_to_know(settings: Settings) -> None:
    settings.OPENAI_API_KEY = "sk-test"
    assert told(KnownModel("openai", "tts-1")) == []


def test_that_nobody_can_speak_is_told_with_each_ones_reason() -> None:
    (notice,) = told()
    assert notice.kind == "silence"
    assert notice.told == "No provider of the chain can speak. openai: OPENAI_API_KEY is not set."


@pytest.mark.parametrize(
    ("model", "is_told"),
    [
        (KnownModel("openai", "other", sunset_on=SOON), True),
        (KnownModel("openai", "other", sunset_on=TODAY + timedelta(days=61)), False),
        (KnownModel("openai", "other", sunset_on=TODAY), False),  # what is over is told by who refuses it
        (KnownModel("openai", "other", sunset_on=SOON, enabled=False), False),
    ],
)
def test_every_model_that_ends_soon_and_can_be_asked_for_is_told(
    settings: Settings, model: KnownModel, is_told: bool
) -> None:
    settings.OPENAI_API_KEY = "sk-test"
    assert [notice.kind for notice in told(model)] == ["sunset"] * is_told
