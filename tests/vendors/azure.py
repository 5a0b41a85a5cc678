"""Azure's speech over REST: SSML in, the format in a header."""

from __future__ import annotations

from typing import Any, Final
from xml.etree import ElementTree

from tests.audio import tone_in
from tests.vendors.wire import Answer, Heard, Refusal, Wire
from voice.domain.audio import AudioFormat

KEY: Final = "azure-test-key"
_FORMATS: Final = {
    "raw-24khz-16bit-mono-pcm": (AudioFormat.PCM, "audio/basic"),
    "riff-24khz-16bit-mono-pcm": (AudioFormat.WAV, "audio/x-wav"),
    "audio-24khz-48kbitrate-mono-mp3": (AudioFormat.MP3, "audio/mpeg"),
    "audio-24khz-96kbitrate-mono-mp3": (AudioFormat.MP3, "audio/mpeg"),
    "audio-24khz-160kbitrate-mono-mp3": (AudioFormat.MP3, "audio/mpeg"),
    "ogg-24khz-16bit-mono-opus": (AudioFormat.OPUS, "audio/ogg; codecs=opus"),
}


def allows(heard: Heard) -> bool:
    """The key is a header of its own."""
    return heard.headers.get("Ocp-Apim-Subscription-Key") == KEY


def speak(heard: Heard, seconds: float) -> Answer:
    """A tone, if the SSML is well formed and names a voice."""
    if heard.headers["Content-Type"].partition(";")[0] != "application/ssml+xml":
        raise ValueError(heard.headers["Content-Type"])
    speaking = ElementTree.fromstring(heard.body)  # noqa: S314 - our own adapter's SSML
    if speaking.find("{http://www.w3.org/2001/10/synthesis}voice[@name]") is None:
        raise ValueError(heard.body)
    audio_format, content_type = _FORMATS[heard.headers["X-Microsoft-OutputFormat"]]
    return Answer(content_type, tone_in(audio_format, seconds))


def refuse(status: int, told: str) -> Refusal:
    """A line of text; an account that has run out is told by 403."""
    return Refusal(403 if status == 402 else status, told, "text/plain")


def voices(_heard: Heard) -> Any:
    """As the service lists them."""
    return [
        _voice("en-US", "AvaMultilingualNeural", "Female"),
        _voice("en-US", "AndrewMultilingualNeural", "Male"),
        _voice("de-DE", "KatjaNeural", "Female"),
    ]


def _voice(locale: str, name: str, gender: str) -> Any:
    return {
        "Name": f"Microsoft Server Speech Text to Speech Voice ({locale}, {name})",
        "DisplayName": name.removesuffix("Neural").removesuffix("Multilingual"),
        "LocalName": name.removesuffix("Neural"),
        "ShortName": f"{locale}-{name}",
        "Gender": gender,
        "Locale": locale,
        "SampleRateHertz": "24000",
        "VoiceType": "Neural",
        "Status": "GA",
    }


WIRE: Final = Wire(
    "azure",
    "POST /azure/cognitiveservices/v1",
    allows,
    speak,
    refuse,
    {"GET /azure/cognitiveservices/voices/list": voices},
)
