"""Amazon Polly, as botocore speaks to it."""

from __future__ import annotations

from typing import Any, Final

from tests.audio import tone_in
from tests.vendors.wav import raw_tone
from tests.vendors.wire import Answer, Heard, Refusal, Wire
from voice.domain.audio import AudioFormat

KEY_ID: Final = "AKIATESTTESTTESTTEST"
SECRET: Final = "polly-test-secret"
_FORMATS: Final = {"mp3": AudioFormat.MP3, "ogg_opus": AudioFormat.OPUS}
_ERRORS: Final = {
    400: (400, "ValidationException"),
    401: (403, "UnrecognizedClientException"),
    402: (402, "ServiceQuotaExceededException"),
    403: (403, "AccessDeniedException"),
    404: (404, "LexiconNotFoundException"),
    413: (400, "TextLengthExceededException"),
    429: (400, "ThrottlingException"),
    500: (500, "ServiceFailureException"),
    503: (503, "ServiceUnavailableException"),
}
"""The status and the error that Polly has for the meaning of a status; it throttles with 400."""


def allows(heard: Heard) -> bool:
    """A request signed by the one key (Signature Version 4)."""
    return f"Credential={KEY_ID}/" in heard.headers.get("Authorization", "")


def speak(heard: Heard, seconds: float) -> Answer:
    """A tone in ``OutputFormat``; PCM at 8 or 16 kHz only, as Polly has it."""
    _ = heard.body["VoiceId"], heard.body["Text"]
    told = {"x-amzn-RequestCharacters": str(len(heard.body["Text"]))}
    if heard.body["OutputFormat"] == "pcm":
        rate = {"8000": 8000, "16000": 16000}[heard.body.get("SampleRate", "16000")]
        return Answer("audio/pcm", raw_tone(seconds, rate), told)
    audio_format = _FORMATS[heard.body["OutputFormat"]]
    return Answer(audio_format.content_type.partition(";")[0], tone_in(audio_format, seconds), told)


def refuse(status: int, told: str) -> Refusal:
    """The error's name in a header."""
    sent, name = _ERRORS[status]
    return Refusal.of(sent, {"message": told}, x_amzn_errortype=name, x_amzn_RequestId="0-0")


def voices(_heard: Heard) -> Any:
    """As the service lists them."""
    return {
        "Voices": [
            _voice("Joanna", "Female", "en-US", "US English", ["neural", "standard"]),
            _voice("Matthew", "Male", "en-US", "US English", ["neural", "generative"]),
            _voice("Vicki", "Female", "de-DE", "German", ["neural"]),
        ]
    }


def _voice(name: str, gender: str, code: str, language: str, engines: list[str]) -> Any:
    return {
        "Id": name,
        "Name": name,
        "Gender": gender,
        "LanguageCode": code,
        "LanguageName": language,
        "SupportedEngines": engines,
    }


WIRE: Final = Wire("polly", "POST /polly/v1/speech", allows, speak, refuse, {"GET /polly/v1/voices": voices})
