from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from voice.cache.key import cache_key
from voice.domain.audio import AudioFormat
from voice.domain.speech import Setting, SpeechRequest
from voice.domain.voice import VoiceId

REQUEST = SpeechRequest(
    text="Hello there",
    voice=VoiceId("elevenlabs", "George"),
    model="eleven_flash_v2_5",
    format=AudioFormat.MP3,
    speed=1.0,
    settings={"stability": 0.5, "similarity_boost": 0.75, "style": 0.0, "use_speaker_boost": True},
)

texts = st.text(st.characters(codec="utf-8") | st.characters(categories=["Cs", "Cc"]), max_size=20)
settings = st.dictionaries(texts, st.booleans() | st.floats(0, 1, width=16) | texts, max_size=4)
requests = st.builds(
    SpeechRequest,
    text=texts,
    voice=st.builds(VoiceId, texts, texts),
    model=texts,
    format=st.sampled_from(AudioFormat),
    speed=st.floats(0.25, 4.0, width=16),
    settings=settings,
)


def test_it_is_64_hexadecimal_digits() -> None:
    assert len(cache_key(REQUEST)) == 64
    assert set(cache_key(REQUEST)) <= set("0123456789abcdef")


def test_it_does_not_change_from_one_release_to_the_next_by_accident() -> None:
    assert cache_key(REQUEST) == "d243c17815a721b58186ebdbc09868e7d1187ac926794badf462a8562602ddfb"


def test_every_field_of_a_request_changes_it() -> None:
    others: dict[str, Any] = {
        "text": "Hello there.",
        "voice": VoiceId("elevenlabs", "Rachel"),
        "model": "eleven_multilingual_v2",
        "format": AudioFormat.WAV,
        "speed": 1.1,
        "settings": {},
    }
    assert set(others) == {field.name for field in fields(SpeechRequest) if field.compare}
    changed = {cache_key(replace(REQUEST, **{name: value})) for name, value in others.items()}
    assert len(changed) == len(others)
    assert cache_key(REQUEST) not in changed


def test_every_voice_setting_changes_it() -> None:
    keys = {cache_key(REQUEST)}
    changes: dict[str, Setting] = {
        "stability": 0.4,
        "similarity_boost": 0.5,
        "style": 0.1,
        "use_speaker_boost": False,
        "seed": 7,
    }
    for name, value in changes.items():
        keys.add(cache_key(replace(REQUEST, settings={**REQUEST.settings, name: value})))
    assert len(keys) == 6


def test_equal_numbers_have_one_spelling() -> None:
    whole = replace(REQUEST, speed=1, settings={**REQUEST.settings, "style": -0.0})
    assert cache_key(whole) == cache_key(REQUEST)


def test_a_truth_value_is_no_number_and_a_number_no_text() -> None:
    spellings: list[Setting] = [True, 1.0, "1.0", "true"]
    assert len({cache_key(replace(REQUEST, settings={"style": value})) for value in spellings}) == len(spellings)


def test_the_same_characters_composed_differently_are_one_text() -> None:
    composed = replace(REQUEST, text="café")
    assert cache_key(composed) == cache_key(replace(REQUEST, text=unicodedata.normalize("NFD", "café")))


def test_the_order_of_settings_does_not_matter() -> None:
    backwards = dict(reversed(list(REQUEST.settings.items())))
    assert cache_key(replace(REQUEST, settings=backwards)) == cache_key(REQUEST)


def test_text_cannot_pass_for_the_border_between_fields() -> None:
    first = replace(REQUEST, model='a","provider":"b', text="c")
    second = replace(REQUEST, model="a", text='b","text":"c')
    assert cache_key(first) != cache_key(second)


@given(requests, requests)
def test_different_requests_have_different_keys(one: SpeechRequest, other: SpeechRequest) -> None:
    def canonical(request: SpeechRequest) -> SpeechRequest:
        return replace(request, text=unicodedata.normalize("NFC", request.text))

    def told(request: SpeechRequest) -> str:
        """True == 1.0 in Python, but not in sound."""
        return repr((canonical(request), sorted((name, repr(value)) for name, value in request.settings.items())))

    def unordered(request: SpeechRequest) -> str:
        return told(replace(request, settings=dict(sorted(request.settings.items()))))

    assert (cache_key(one) == cache_key(other)) == (unordered(one) == unordered(other))


@given(requests)
def test_the_same_request_has_the_same_key(request: SpeechRequest) -> None:
    assert cache_key(request) == cache_key(replace(request))
