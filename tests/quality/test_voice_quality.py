"""The embedded voices, judged by DistillMOS as their listeners get them: trimmed, levelled, and in MP3."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from statistics import mean
from types import ModuleType

import numpy as np
import pytest

from tests.audio import decoded
from voice.audio.encoding import encode
from voice.audio.pcm import Samples
from voice.domain.audio import SAMPLE_RATE, AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.local import LocalProvider

pytestmark = pytest.mark.quality

LEAST = 4.0
"""Of 5: "good" on the scale of opinion (ITU-T P.800), which DistillMOS predicts."""

JUDGES_RATE = 16_000
SENTENCES = (
    "The quick brown fox jumps over the lazy dog, and then it says hello to everybody.",
    "Press the speaker icon beside a message, and you will hear it read aloud in a good voice.",
    "I'm not sure that will work, but we could try it tomorrow if you like?",
    "Your meeting has moved to half past nine; the room stays the same.",
    "The museum opens its doors at nine in the morning, and on most days a small crowd has gathered by then.",
    "Here is what I found: three trains leave before noon, and the second one is the fastest.",
    "Thank you. Is there anything else you would like to know?",
    "Doctor Smith paid three dollars and fifty cents on January fifth.",
)


@cache
def judge() -> Callable[[Samples], float]:
    """DistillMOS, weights and all from its package; it imports torchaudio, but only uses it to read files."""
    sys.modules.setdefault("torchaudio", ModuleType("torchaudio"))
    import distillmos  # noqa: PLC0415  # after the line above
    import torch  # noqa: PLC0415  # only here

    model = distillmos.ConvTransformerSQAModel()
    model.eval()

    def score(samples: Samples) -> float:
        with torch.no_grad():
            return float(model(torch.from_numpy(samples)[None]).mean())

    return score


def at_the_judges_rate(samples: Samples) -> Samples:
    """``samples`` at 16 kHz: the spectrum up to 8 kHz, and no more."""
    size = len(samples) * JUDGES_RATE // SAMPLE_RATE
    spectrum = np.fft.rfft(samples)[: size // 2 + 1]
    return (np.fft.irfft(spectrum, size) * (size / len(samples))).astype(np.float32)


async def heard(text: str, voice: str) -> Samples:
    spoken = LocalProvider().synthesize(SpeechRequest(text, VoiceId("local", voice)))
    mp3 = b"".join([chunk async for chunk in encode(spoken, AudioFormat.PCM, AudioFormat.MP3)])
    return decoded(mp3, AudioFormat.MP3)


@pytest.mark.parametrize("voice", [facts.name for facts in LocalProvider.voices])
async def test_every_voice_is_natural(voice: str, record_property: Callable[[str, object], None]) -> None:
    scores = [judge()(at_the_judges_rate(await heard(sentence, voice))) for sentence in SENTENCES]
    record_property("distillmos", [round(score, 2) for score in scores])
    print(f"{voice}: {mean(scores):.2f}, from {min(scores):.2f} to {max(scores):.2f}")  # noqa: T201  # make quality's table
    assert mean(scores) >= LEAST
