"""What Polly is asked for, in its own words."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.text.characters import normalized

FORMATS: Final = {
    AudioFormat.MP3: {"OutputFormat": "mp3", "SampleRate": "24000"},
    AudioFormat.OPUS: {"OutputFormat": "ogg_opus", "SampleRate": "48000"},
}
"""No PCM: that comes at 16 kHz at most, and there is more of a voice in an MP3 of 24 kHz."""

_SLOWEST, _FASTEST = 0.2, 2.0


def parameters(segment: SpeechRequest, engine: str) -> dict[str, str]:
    """The parameters of ``SynthesizeSpeech``: plain text, unless there is a speed to tell."""
    asked = {"Engine": engine, "VoiceId": segment.voice.name, **FORMATS[segment.format]}
    if segment.speed == 1:
        return {**asked, "TextType": "text", "Text": segment.text}
    return {**asked, "TextType": "ssml", "Text": ssml(segment.text, segment.speed)}


def ssml(text: str, speed: float) -> str:
    """``text`` at ``speed``, or at the nearest to it that there is, as a document that no text can break."""
    percent = round(100 * min(max(speed, _SLOWEST), _FASTEST))
    return f'<speak><prosody rate="{percent}%">{escape(normalized(text))}</prosody></speak>'
