"""A Piper server of one's own: github.com/OHF-Voice/piper1-gpl, docs/API_HTTP.md (1.3 to 1.8, November 2026)."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Any, ClassVar, Final

from voice.domain.audio import AudioFormat
from voice.domain.errors import ProviderRejected, UnsupportedText
from voice.domain.speech import SpeechRequest
from voice.providers.http import refuse_status
from voice.providers.http_provider import HttpProvider
from voice.providers.listing import shape_told
from voice.providers.provider import VoiceFacts
from voice.providers.wav import pcm_of_wav
from voice.text.characters import is_pronounceable, normalized

SERVERS_OWN: Final = "default"
"""The voice the server was started with."""

_PATHS: Final = ("/", "/synthesize")
"""Where it takes text: at the first up to 1.4, at the second since, where the first is a page that can only be got."""

_PHONEME_MARKS: Final = re.compile(r"\[{2,}|\]{2,}")


class PiperProvider(HttpProvider):
    """The server at PIPER_BASE_URL. It answers when the whole text is spoken, in its model's own rate."""

    name: ClassVar = "piper"
    base_url: ClassVar = "PIPER_BASE_URL"
    formats: ClassVar = (AudioFormat.PCM,)
    voices: ClassVar = (VoiceFacts(SERVERS_OWN, "Piper", "und", "neutral", "The voice the server was started with."),)
    open_catalogue: ClassVar = True
    default_model: ClassVar = "piper"
    settings: ClassVar = frozenset({"speaker", "speaker_id", "noise_scale", "noise_w_scale"})
    max_characters: ClassVar = 400  # some 25 seconds of speech: a slow processor says them within the time limit
    streams: ClassVar = False
    times_words: ClassVar = False

    def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment`` as PCM (s16le, 24 kHz, mono).

        Raises:
            UnsupportedText: nothing is left of it that could be said.
            ProviderError: it failed; the subclass says how.
        """
        wav = self._wav({**self.told(segment), **_asked(segment)})
        return pcm_of_wav(self.name, wav)

    async def list_voices(self) -> list[VoiceFacts]:
        """Those that lie in its folders, and its own. A name begins with its language: ``en_US-joe-medium``.

        Raises:
            ProviderError: it does not tell.
        """
        listed = await self.http.json("GET", self.url("/voices"))
        with shape_told(self.name):
            return [*self.voices, *map(_facts, listed)]

    async def _wav(self, asked: dict[str, Any]) -> AsyncGenerator[bytes, None]:
        """Yield the WAV it answers with; Piper calls it text/html, so that says nothing."""
        for path in _PATHS:
            async with self.http.answer("POST", self.url(path), json=asked) as answer:
                if answer.status == HTTPStatus.METHOD_NOT_ALLOWED:
                    continue
                refuse_status(self.name, answer.status, answer.headers.get("Retry-After", ""))
                async for piece in answer.content.iter_any():
                    yield piece
                return
        raise ProviderRejected(self.name, "It takes no text at this address.")


def _facts(name: str) -> VoiceFacts:
    tag, _, label = name.partition("-")
    return VoiceFacts(name, label.replace("-", " ") or name, tag.replace("_", "-"), "neutral")


def _asked(segment: SpeechRequest) -> dict[str, Any]:
    """``segment`` in the server's words; what it is not told is as it was started."""
    asked: dict[str, Any] = {"text": plain(segment.text)}
    if segment.voice.name != SERVERS_OWN:
        asked["voice"] = segment.voice.name
    if segment.speed != 1:
        asked["length_scale"] = 1 / segment.speed
    return asked


def plain(text: str) -> str:
    """``text`` without what Piper chokes on (NUL, lone surrogates) and without the brackets it takes phonemes from.

    Raises:
        UnsupportedText: nothing is left.
    """
    sayable = _PHONEME_MARKS.sub(" ", normalized(text))
    if not is_pronounceable(sayable):
        raise UnsupportedText("There is nothing in this that Piper can say.")
    return sayable
