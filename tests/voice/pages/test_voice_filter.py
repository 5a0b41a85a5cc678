"""Voices are found by language and provider."""

from __future__ import annotations

import pytest

from voice.domain.voice import VoiceId
from voice.pages.voice_filter import VoiceFilter, languages_of, providers_of
from voice.providers.catalogue import KnownVoice


def voice(provider: str, name: str, language: str) -> KnownVoice:
    return KnownVoice(VoiceId(provider, name), name, language, "female")


VOICES = [
    voice("polly", "Vicki", "de-DE"),
    voice("polly", "Joanna", "en-US"),
    voice("local", "bright", "en-GB"),
    voice("openai", "alloy", "mul"),
]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["Vicki", "Joanna", "bright", "alloy"]),
        ({"language": "en"}, ["Joanna", "bright", "alloy"]),
        ({"language": "mul"}, ["alloy"]),
        ({"provider": "polly"}, ["Vicki", "Joanna"]),
        ({"provider": "polly", "language": "de"}, ["Vicki"]),
        ({"provider": "nobody"}, []),
    ],
)
def test_what_is_asked_for_is_shown(asked: dict[str, str], shown: list[str]) -> None:
    wanted = VoiceFilter.of(asked)
    assert [one.label for one in VOICES if wanted.shows(one)] == shown


def test_languages_are_offered_by_name_and_providers_in_their_order() -> None:
    told = [(one.value, one.name, one.count) for one in languages_of(VOICES)]
    assert told == [("en", "English", 2), ("de", "German", 1), ("mul", "Many languages", 1)]
    assert [(one.name, one.count) for one in providers_of(VOICES)] == [("polly", 2), ("local", 1), ("openai", 1)]
