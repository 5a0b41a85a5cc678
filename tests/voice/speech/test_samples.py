from __future__ import annotations

import pytest
from pytest_django import Settings

from voice.domain.audio import AudioFormat
from voice.domain.voice import VoiceId
from voice.speech.samples import ENGLISH, SENTENCES, sample_of
from voice.text.cleaning import clean


@pytest.fixture(autouse=True)
def chain(settings: Settings) -> None:
    settings.TTS_PROVIDER = ["local", "azure", "openai"]


@pytest.mark.parametrize(
    ("voice", "language"),
    [
        ("local:heart", "en"),
        ("azure:en-GB-SoniaNeural", "en"),
        ("azure:de-DE-KatjaNeural", "de"),
        ("openai:alloy", "en"),
        ("openai:nobody-knows", "en"),
    ],
)
def test_a_voice_introduces_itself_in_its_own_language(voice: str, language: str) -> None:
    sample = sample_of(VoiceId.parse(voice), AudioFormat.OPUS)
    assert sample.text == SENTENCES[language]
    assert (str(sample.voice), sample.format) == (voice, AudioFormat.OPUS)
    assert sample.model


@pytest.mark.parametrize("sentence", SENTENCES.values())
def test_the_sentences_are_said_as_they_are_written(sentence: str) -> None:
    assert clean(sentence) == sentence


def test_who_speaks_any_language_is_heard_in_english() -> None:
    assert SENTENCES["en"] == ENGLISH
