"""The embedded voice and the engine alone, by turns, in a process that does nothing else; prints what it measured."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict, dataclass
from typing import Final

import hibari

from voice.domain.audio import BYTES_PER_SECOND, SAMPLE_RATE, AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.local import LocalProvider

SENTENCES: Final = (
    "The rain has finally stopped.",
    "Your table is ready now.",
    "We leave early tomorrow morning.",
    "Please read me this message.",
    "Nobody expected such warm weather.",
)
ROUNDS: Final = 6
"""The first warms up and is not told."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: until its first audio, until all of it, the processor's time, and how long it sounds."""

    first_s: float
    whole_s: float
    cpu_s: float
    sounds_s: float


async def main() -> None:
    """Print pairs of provider and engine as JSON."""
    provider, engine = LocalProvider(), hibari.Hibari(voice="heart", threads=1)
    pairs = [
        {"provider": asdict(await say_by(provider, sentence)), "engine": asdict(say_with(engine, sentence))}
        for _ in range(ROUNDS)
        for sentence in SENTENCES
    ]
    print(json.dumps(pairs[len(SENTENCES) :]))


async def say_by(provider: LocalProvider, sentence: str) -> Said:
    """As the walk asks for it."""
    began_s, cpu_s, first_s, size_bytes = time.perf_counter(), time.process_time(), 0.0, 0
    request = SpeechRequest(sentence, VoiceId("local", "heart"), format=AudioFormat.PCM)
    async for chunk in provider.synthesize(request):
        first_s = first_s or time.perf_counter() - began_s
        size_bytes += len(chunk)
    whole_s = time.perf_counter() - began_s
    return Said(first_s, whole_s, time.process_time() - cpu_s, size_bytes / BYTES_PER_SECOND)


def say_with(engine: hibari.Hibari, sentence: str) -> Said:
    """With nothing around it."""
    began_s, cpu_s = time.perf_counter(), time.process_time()
    samples = engine(sentence)
    whole_s = time.perf_counter() - began_s
    return Said(whole_s, whole_s, time.process_time() - cpu_s, len(samples) / SAMPLE_RATE)


if __name__ == "__main__":
    asyncio.run(main())
