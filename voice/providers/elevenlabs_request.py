"""What ElevenLabs is asked for beside the text, in its own words; what nobody asked for is left to the voice."""

from __future__ import annotations

from typing import Any, Final

from voice.domain.audio import AudioFormat
from voice.domain.errors import ProviderRejected
from voice.domain.speech import Setting, SpeechRequest

FORMATS: Final = {
    AudioFormat.PCM: "pcm_24000",
    AudioFormat.MP3: "mp3_44100_128",
    AudioFormat.OPUS: "opus_48000_64",
}

VOICE_SETTINGS: Final = frozenset({"stability", "similarity_boost", "style", "use_speaker_boost"})

_SLOWEST, _FASTEST = 0.7, 1.2

_STITCHED_AT_MOST: Final = 3
_UNSTITCHED_MODELS: Final = "eleven_v3"
"""How the names begin of those that cannot go on from what was said before."""


def options(segment: SpeechRequest, model: str) -> dict[str, Any]:
    """The arguments of the SDK's ``stream``.

    Raises:
        ProviderRejected: the voice's name cannot be one of its ids.
    """
    asked = {
        "voice_id": _id(segment.voice.name),
        "text": segment.text,
        "model_id": model,
        "output_format": FORMATS[segment.format],
        "voice_settings": _voice_settings(segment),
        "previous_request_ids": _said_before(segment, model),
    }
    # It tries nothing a second time, for the chain decides, and gives pieces of no set size, but as they come.
    given: dict[str, Any] = {"request_options": {"max_retries": 0, "chunk_size": None}}
    return given | {name: value for name, value in asked.items() if value is not None}


def _id(voice_name: str) -> str:
    """``voice_name``, which the SDK puts into the address as it is: anything else could lead the request elsewhere."""
    if not (voice_name.isascii() and voice_name.isalnum()):
        raise ProviderRejected("elevenlabs", "Its voices' ids are letters and digits.")
    return voice_name


def _voice_settings(segment: SpeechRequest) -> dict[str, Setting] | None:
    told = {name: value for name, value in segment.settings.items() if name in VOICE_SETTINGS}
    if segment.speed != 1:
        told["speed"] = min(max(segment.speed, _SLOWEST), _FASTEST)
    return told or None


def _said_before(segment: SpeechRequest, model: str) -> list[str] | None:
    if segment.stitch is None or model.startswith(_UNSTITCHED_MODELS):
        return None
    return segment.stitch.request_ids[-_STITCHED_AT_MOST:] or None
