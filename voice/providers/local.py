"""The embedded voices: English, on this machine's own processor, with no key, no network and no download."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import ClassVar, Final

from voice.audio import threads
from voice.domain.audio import AudioFormat
from voice.domain.errors import ProviderRejected
from voice.domain.speech import SpeechRequest
from voice.providers.english_speech import spoken
from voice.providers.english_text import refuse_unsayable
from voice.providers.local_engine import engine
from voice.providers.local_voices import FACTS, TIMBRES
from voice.providers.provider import CallRules

LONGEST_UTTERANCE: Final = 250
"""Characters the engine is given at once: its memory grows with them, 2.2 GB at 5,000."""


class LocalProvider:
    """hibari's model, in the voice it has and in three made of it."""

    name: ClassVar = "local"
    formats: ClassVar = (AudioFormat.PCM,)
    voices: ClassVar = FACTS
    open_catalogue: ClassVar = False
    default_model: ClassVar = "hibari-0.2.1"
    settings: ClassVar = frozenset[str]()
    max_characters: ClassVar = 100_000
    streams: ClassVar = True
    times_words: ClassVar = False

    def rules(self) -> CallRules:
        """Its threads queue by themselves, and what fails here fails again."""
        return CallRules(attempts=1)

    def unavailable_because(self) -> str | None:
        """Nothing: it is part of the program."""
        return None

    async def warm_up(self) -> None:
        """Load the engine, and say a word, which loads what the engine itself loads late.

        Raises:
            ProviderUnavailable: the engine cannot be loaded.
        """
        await threads.run(lambda: engine().say("Ready.", TIMBRES["heart"], 1.0))

    async def close(self) -> None:
        """It holds nothing but the engine, which is the whole process's."""

    async def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment``, yielding a sentence at a time as PCM (s16le, 24 kHz, mono).

        The same request gives the same bytes. Each sentence is made in a worker thread when it is asked for.

        Raises:
            UnsupportedText: it is not English, nor near enough.
            ProviderRejected: there is no such voice.
            ProviderUnavailable: the engine cannot be loaded.
        """
        refuse_unsayable(segment.text)
        if segment.voice.name not in TIMBRES:
            raise ProviderRejected(self.name, "There is no embedded voice of that name.")
        async with aclosing(threads.stream(lambda: _spoken(segment))) as sentences:
            async for pcm in sentences:
                yield pcm


def _spoken(request: SpeechRequest) -> Iterator[bytes]:
    timbre, speed = TIMBRES[request.voice.name], request.speed
    return spoken(request.text, speed, LONGEST_UTTERANCE, lambda sentence: engine().say(sentence, timbre, speed))
