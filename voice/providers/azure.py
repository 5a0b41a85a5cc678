"""Azure's speech service over REST: SSML in, audio out.

Facts from learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech and
…/speech-synthesis-markup-voice, November 2026.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import ClassVar, Final
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings

from voice.domain.audio import AudioFormat
from voice.domain.speech import Setting, SpeechRequest
from voice.providers.http_provider import HttpProvider
from voice.providers.listing import gender, shape_told
from voice.providers.provider import VoiceFacts
from voice.text.characters import normalized

_FORMATS: Final = {
    AudioFormat.PCM: "raw-24khz-16bit-mono-pcm",
    AudioFormat.MP3: "audio-24khz-96kbitrate-mono-mp3",
    AudioFormat.OPUS: "ogg-24khz-16bit-mono-opus",
}
"""No WAV: the sizes in the header of one that is streamed are nowhere promised, and PCM needs only ours."""

_PROSODY: Final = ("pitch", "volume")
_EXPRESSION: Final = ("style", "styledegree", "role")

_SLOWEST, _FASTEST = 0.5, 2.0


class AzureProvider(HttpProvider):
    """``/cognitiveservices/v1`` at AZURE_SPEECH_BASE_URL, which AZURE_SPEECH_REGION stands for too.

    A speed beyond what it can do becomes the nearest it can.
    """

    name: ClassVar = "azure"
    base_url: ClassVar = "AZURE_SPEECH_BASE_URL"
    keys: ClassVar = ("AZURE_SPEECH_KEY",)
    formats: ClassVar = tuple(_FORMATS)
    voices: ClassVar = (
        VoiceFacts("en-US-JennyNeural", "Jenny", "en-US", "female"),
        VoiceFacts("en-US-GuyNeural", "Guy", "en-US", "male"),
        VoiceFacts("en-GB-SoniaNeural", "Sonia", "en-GB", "female"),
        VoiceFacts("en-GB-RyanNeural", "Ryan", "en-GB", "male"),
        VoiceFacts("de-DE-KatjaNeural", "Katja", "de-DE", "female"),
        VoiceFacts("fr-FR-DeniseNeural", "Denise", "fr-FR", "female"),
        VoiceFacts("es-ES-ElviraNeural", "Elvira", "es-ES", "female"),
    )
    open_catalogue: ClassVar = True
    default_model: ClassVar = "neural"
    settings: ClassVar = frozenset((*_PROSODY, *_EXPRESSION))
    max_characters: ClassVar = 1_200  # it stops after 10 minutes: this is 8, in Chinese, at the slowest
    streams: ClassVar = True
    times_words: ClassVar = False

    def unavailable_because(self) -> str | None:
        """It needs a key and a place."""
        if settings.AZURE_SPEECH_KEY and not settings.AZURE_SPEECH_BASE_URL:
            return "AZURE_SPEECH_REGION is not set, nor is AZURE_SPEECH_BASE_URL."
        return super().unavailable_because()

    def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment``, passing each piece on as the network brings it.

        Raises:
            ProviderError: it failed; the subclass says how.
        """
        return self.http.audio(
            "POST",
            self.url("/cognitiveservices/v1"),
            segment.format,
            data=ssml(segment).encode(),
            headers={
                "Content-Type": "application/ssml+xml",
                "Ocp-Apim-Subscription-Key": settings.AZURE_SPEECH_KEY,
                "User-Agent": "aloud",
                "X-Microsoft-OutputFormat": _FORMATS[segment.format],
            },
        )

    async def list_voices(self) -> list[VoiceFacts]:
        """The voices of its region.

        Raises:
            ProviderError: it does not tell.
        """
        key = {"Ocp-Apim-Subscription-Key": settings.AZURE_SPEECH_KEY}
        listed = await self.http.json("GET", self.url("/cognitiveservices/voices/list"), headers=key)
        with shape_told(self.name):
            return [
                VoiceFacts(voice["ShortName"], voice["DisplayName"], voice["Locale"], gender(voice["Gender"]))
                for voice in listed
            ]


def ssml(segment: SpeechRequest) -> str:
    """``segment`` as a document of the Speech Synthesis Markup Language; an element is there only if it says something.

    The language is the voice's, which its name begins with: ``en-US`` in ``en-US-JennyNeural``.
    """
    prosody = _given(segment.settings, _PROSODY)
    if segment.speed != 1:
        prosody["rate"] = f"{min(max(segment.speed, _SLOWEST), _FASTEST):g}"
    said = _within("prosody", prosody, escape(normalized(segment.text)))
    said = _within("mstts:express-as", _given(segment.settings, _EXPRESSION), said)
    said = _within("voice", {"name": segment.voice.name}, said)
    document = {
        "version": "1.0",
        "xmlns": "http://www.w3.org/2001/10/synthesis",
        "xmlns:mstts": "https://www.w3.org/2001/mstts",
        "xml:lang": segment.voice.name.rpartition("-")[0] or "en-US",
    }
    return _within("speak", document, said)


def _given(told: Mapping[str, Setting], names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(told[name]) for name in names if name in told}


def _within(element: str, attributes: Mapping[str, str], content: str) -> str:
    """``content`` in an element; without attributes it would say nothing, and is left out."""
    written = "".join(f" {name}={quoteattr(normalized(value))}" for name, value in attributes.items())
    return f"<{element}{written}>{content}</{element}>" if written else content
