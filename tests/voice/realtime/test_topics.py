"""What the demo assistant says of the product is what this installation does."""

from __future__ import annotations

from collections import Counter

from pytest_django import Settings

from voice.domain.audio import AudioFormat
from voice.realtime.topics import TOPICS, facts


def test_every_answer_can_be_given() -> None:
    for topic in TOPICS:
        answer = topic.answer.format_map(facts())
        assert len(answer) > 40
        assert "{" not in answer.replace('{"', "")


def test_no_word_asks_for_two_topics() -> None:
    words = Counter(word for topic in TOPICS for word in topic.words)
    assert [word for word, times in words.items() if times > 1] == []


def test_facts_are_those_of_the_settings(settings: Settings) -> None:
    settings.TTS_CACHE_TTL_SECONDS = 36 * 3600
    settings.TTS_MAX_CHARACTERS = 12_345
    settings.TTS_PROVIDER = ["openai", "local"]
    told = facts()
    assert (told["days"], told["limit"], told["chain"]) == ("1.5", "12,345", "`openai`, then `local`")
    assert "**Alloy**" in told["voices"]
    assert all(f"`{known.value}`" in told["formats"] for known in AudioFormat)
