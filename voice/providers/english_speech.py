"""What the engines here that read English have in common: text said sentence by sentence, phonemes in runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from textwrap import wrap

import numpy as np

from voice.audio.pcm import Samples, pcm_of, silence
from voice.providers.english_text import utterances


def spoken(text: str, speed: float, longest: int, say: Callable[[str], Samples]) -> Iterator[bytes]:
    """Yield each sentence of ``text`` as ``say`` makes it, ``longest`` characters at most at once, as PCM.

    Each has the pause before it that the one before asks for; what has no sound leaves no pause either.
    """
    for sentence, pause_s in utterances(text, speed, longest):
        said = say(sentence)
        if said.size:
            yield pcm_of(np.concatenate([silence(pause_s / speed), said]))


def runs(sentences: Iterable[str], limit: int) -> Iterator[str]:
    """Yield the phonemes of ``sentences``, cut between words where one is longer than ``limit``.

    Letters that must be spelled out make four phonemes each; marks alone are left out, which models breathe at.
    """
    for phonemes in sentences:
        if any(map(str.isalpha, phonemes)):
            yield from [phonemes] if len(phonemes) <= limit else wrap(phonemes, limit, break_on_hyphens=False)
