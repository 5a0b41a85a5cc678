"""Kokoro-82M, an open model: in this process, or behind a server that speaks OpenAI's format.

KOKORO_MODEL_DIR is a folder with the model (kokoro_files.py says what is in it): English only, about twice as fast as
it sounds on one core, one text at a time. KOKORO_BASE_URL is a server's address up to ``/v1``, and everything it can
say. The folder wins when both are set: it needs nobody else.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import ClassVar, Final

from django.conf import settings

from voice.audio import threads
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.providers.english_speech import spoken
from voice.providers.english_text import refuse_unsayable
from voice.providers.http_provider import HttpProvider
from voice.providers.kokoro_engine import engine
from voice.providers.kokoro_files import ModelFolder
from voice.providers.kokoro_voices import FACTS, facts_of
from voice.providers.listing import names_in, shape_told
from voice.providers.provider import CallRules, VoiceFacts

LONGEST_UTTERANCE: Final = 150
"""Characters said at once in this process: the first ones are heard when all of them are made."""


class KokoroProvider(HttpProvider):
    """The model, wherever it runs."""

    name: ClassVar = "kokoro"
    base_url: ClassVar = "KOKORO_BASE_URL"
    formats: ClassVar = (AudioFormat.PCM,)
    voices: ClassVar = FACTS
    open_catalogue: ClassVar = True
    default_model: ClassVar = "kokoro"
    settings: ClassVar = frozenset[str]()
    max_characters: ClassVar = 4_096
    streams: ClassVar = True
    times_words: ClassVar = False

    def rules(self) -> CallRules:
        """In this process one text at a time, and what fails there fails again; a server has rules of its own."""
        return CallRules(at_once=1, attempts=1) if settings.KOKORO_MODEL_DIR else super().rules()

    def unavailable_because(self) -> str | None:
        """It needs a model or a server."""
        if settings.KOKORO_MODEL_DIR:
            model = ModelFolder(Path(settings.KOKORO_MODEL_DIR)).model()
            return None if model else "There is no Kokoro model in KOKORO_MODEL_DIR."
        return None if settings.KOKORO_BASE_URL else "Neither KOKORO_MODEL_DIR nor KOKORO_BASE_URL is set."

    async def warm_up(self) -> None:
        """Load the model, where it is to run here.

        Raises:
            ProviderUnavailable: it cannot be loaded.
        """
        if settings.KOKORO_MODEL_DIR:
            await threads.run(engine, settings.KOKORO_MODEL_DIR)

    def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment`` as PCM (s16le, 24 kHz, mono): a sentence at a time here, as it comes from a server.

        Raises:
            UnsupportedText: it is not English, nor near enough, and the model runs here.
            ProviderError: it failed; the subclass says how.
        """
        self.refuse_unless_available()
        return self._made_here(segment) if settings.KOKORO_MODEL_DIR else self._made_there(segment)

    async def list_voices(self) -> list[VoiceFacts]:
        """Those in its folder, or those of its server.

        Raises:
            ProviderError: it does not tell.
        """
        if settings.KOKORO_MODEL_DIR:
            return list(map(facts_of, await threads.run(ModelFolder(Path(settings.KOKORO_MODEL_DIR)).names)))
        answer = await self.http.json("GET", self.url("/audio/voices"))
        with shape_told(self.name):
            return list(map(facts_of, names_in(answer)))

    def _made_here(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        refuse_unsayable(segment.text)
        folder = settings.KOKORO_MODEL_DIR

        def sentences() -> Iterator[bytes]:
            voice, speed = segment.voice.name, segment.speed
            loaded = engine(folder)
            return spoken(segment.text, speed, LONGEST_UTTERANCE, lambda text: loaded.say(text, voice, speed))

        return threads.stream(sentences)

    def _made_there(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        asked = {
            "model": segment.model or self.default_model,
            "input": segment.text,
            "voice": segment.voice.name,
            "response_format": "pcm",
            "speed": segment.speed,
        }
        return self.http.audio("POST", self.url("/audio/speech"), AudioFormat.PCM, json=asked)
