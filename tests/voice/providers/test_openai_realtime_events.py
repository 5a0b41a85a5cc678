"""What is said to the Realtime API, and what is made of its answers, without a network."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from voice.domain.errors import (
    BadAudio,
    ProviderError,
    ProviderForbidden,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
)
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.openai_realtime_events import Reading, asked

HELLO = SpeechRequest("Hello there.", VoiceId("openai_realtime", "marin"), speed=1.25)
COMPLETED = {"type": "response.done", "response": {"status": "completed"}}


def spoken(pcm: bytes, name: str = "response.output_audio.delta") -> dict[str, Any]:
    return {"type": name, "delta": base64.b64encode(pcm).decode()}


def transcribed(text: str, name: str = "response.output_audio_transcript.done") -> dict[str, Any]:
    return {"type": name, "transcript": text}


def ended(status: str, **details: Any) -> dict[str, Any]:
    return {"type": "response.done", "response": {"status": status, "status_details": details}}


def heard(*events: dict[str, Any], text: str = HELLO.text) -> bytes:
    reading = Reading(text)
    pcm = b"".join(reading.feed(json.dumps(event)) for event in events)
    assert reading.done
    return pcm


def test_it_asks_for_sound_in_the_one_shape_everything_here_has() -> None:
    told, _ = asked(HELLO)
    assert told["session"]["output_modalities"] == ["audio"]
    assert told["session"]["audio"]["output"] == {
        "format": {"type": "audio/pcm", "rate": 24_000},
        "voice": "marin",
        "speed": 1.25,
    }


def test_the_text_is_all_the_model_is_given() -> None:
    _, wanted = asked(HELLO)
    assert wanted["response"]["conversation"] == "none"
    (message,) = wanted["response"]["input"]
    assert message["content"] == [{"type": "input_text", "text": "Hello there."}]


def test_the_tone_is_added_to_the_task_and_does_not_replace_it() -> None:
    plain, _ = asked(HELLO)
    told, _ = asked(SpeechRequest("Hello.", HELLO.voice, settings={"instructions": "Whisper."}))
    assert told["session"]["instructions"] == f"{plain['session']['instructions']} Whisper."


@pytest.mark.parametrize("since", ["output_audio", "audio"])
def test_it_understands_the_names_of_now_and_of_2024(since: str) -> None:
    said = heard(
        {"type": "session.created"},
        spoken(b"\1\0", f"response.{since}.delta"),
        spoken(b"\2\0", f"response.{since}.delta"),
        transcribed("Hello there.", f"response.{since}_transcript.done"),
        COMPLETED,
    )
    assert said == b"\1\0\2\0"


def test_a_text_said_in_two_parts_is_compared_as_a_whole() -> None:
    assert heard(spoken(b"\1\0"), transcribed("Hello"), transcribed("there."), COMPLETED)


@pytest.mark.parametrize("transcript", ["Sure! Hello there.", "Hello.", "I can't read that.", ""])
def test_a_text_that_was_reworded_is_no_good(transcript: str) -> None:
    with pytest.raises(BadAudio):
        heard(spoken(b"\1\0"), transcribed(transcript), COMPLETED)


def test_a_number_may_be_transcribed_in_words() -> None:
    assert heard(spoken(b"\1\0"), transcribed("It costs five dollars."), COMPLETED, text="It costs $5.")


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        ({"type": "invalid_request_error", "code": "invalid_value"}, ProviderRejected),
        ({"type": "invalid_request_error", "code": "invalid_api_key"}, ProviderForbidden),
        ({"type": "requests", "code": "rate_limit_exceeded"}, ProviderRateLimited),
        ({"type": "insufficient_quota", "code": "insufficient_quota"}, ProviderForbidden),
        ({"type": "server_error", "code": None}, ProviderUnavailable),
        ({"type": "brand_new_error"}, ProviderUnavailable),
        ({}, ProviderUnavailable),
    ],
)
def test_an_error_is_told_by_its_kind_wherever_it_stands(error: dict[str, Any], raised: type[ProviderError]) -> None:
    for event in ({"type": "error", "error": error}, ended("failed", error=error)):
        with pytest.raises(raised) as failed:
            heard(event)
        assert type(failed.value) is raised


@pytest.mark.parametrize(
    ("event", "raised"),
    [
        (ended("incomplete", reason="content_filter"), ProviderRejected),
        (ended("incomplete", reason="max_output_tokens"), ProviderRejected),
        (ended("cancelled", reason="turn_detected"), ProviderUnavailable),
        ({"type": "response.done", "response": {"status": "failed"}}, ProviderUnavailable),
    ],
)
def test_an_end_before_the_end_of_the_text_is_a_failure(event: dict[str, Any], raised: type[ProviderError]) -> None:
    with pytest.raises(raised):
        heard(spoken(b"\1\0"), transcribed("Hello there."), event)


@pytest.mark.parametrize(
    "message",
    [
        "<html>Sorry</html>",
        "[]",
        "null",
        "{}",
        '{"type": "response.output_audio.delta"}',
        '{"type": "response.output_audio.delta", "delta": "&&&&"}',
        '{"type": "response.output_audio.delta", "delta": 7}',
        '{"type": "response.output_audio.delta", "delta": "café"}',
        '{"type": "response.done", "response": []}',
        '{"type": "error", "error": "no"}',
    ],
)
def test_what_is_no_event_is_no_audio(message: str) -> None:
    with pytest.raises(BadAudio):
        Reading("Hello there.").feed(message)


def test_what_an_error_says_is_not_passed_on() -> None:
    with pytest.raises(ProviderError) as failed:
        heard({"type": "error", "error": {"message": "Cannot say Xylophone with sk-test", "code": "x"}})
    assert "ylophone" not in str(failed.value)
    assert "sk-test" not in str(failed.value)
