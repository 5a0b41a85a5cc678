"""Where a voice pauses: the silences in speech, whatever noise lies under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.audio.pcm import samples_of
from voice.domain.audio import SAMPLE_BYTES, SAMPLE_RATE

SHORTEST_S: Final = 0.06
"""What is shorter is the closure of a p or a t."""

BELOW_SPEECH_DB: Final = 35.0
"""What is this much quieter than the voice is silence …"""

ABOVE_NOISE_DB: Final = 6.0
"""… and so is what is hardly louder than the quietest there is."""

LEAST_BELOW_SPEECH_DB: Final = 18.0
"""Unless even that is as loud as quiet speech."""

_FRAME: Final = SAMPLE_RATE // 100
_FRAME_S: Final = _FRAME / SAMPLE_RATE
_FRAME_BYTES: Final = _FRAME * SAMPLE_BYTES
_SHORTEST: Final = round(SHORTEST_S / _FRAME_S)
_FAINTEST: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one second of a sound to another."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """How long it lasts."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Speech:
    """Where in a sound somebody speaks, from the first sound to the last, and the pauses on the way."""

    whole: Stretch
    pauses: tuple[Stretch, ...]


class SpeechFinder:
    """Finds the speech in PCM (s16le, 24 kHz, mono) fed to it in any pieces: of an hour it holds three megabytes."""

    def __init__(self) -> None:
        self._rest = b""
        self._powers: list[NDArray[np.float64]] = []

    def feed(self, pcm: bytes) -> None:
        """Listen to ``pcm``."""
        pcm = self._rest + pcm
        whole = len(pcm) - len(pcm) % _FRAME_BYTES
        self._rest = pcm[whole:]
        frames = samples_of(pcm[:whole]).reshape(-1, _FRAME)
        self._powers.append(np.einsum("ij,ij->i", frames, frames, dtype=np.float64) / _FRAME)

    def speech(self) -> Speech | None:
        """The speech in what was fed, to a hundredth of a second; None where all is silent."""
        sounding = np.flatnonzero(_sounds(np.concatenate([np.zeros(0), *self._powers])))
        if not sounding.size:
            return None
        edges = np.flatnonzero(np.diff(sounding) > _SHORTEST)
        pauses = tuple(_stretch(sounding[edge] + 1, sounding[edge + 1]) for edge in edges)
        return Speech(_stretch(sounding[0], sounding[-1] + 1), pauses)


def _sounds(power: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Of each hundredth of a second, whether there is a voice in it."""
    if not power.size or power.max() <= _FAINTEST:
        return np.zeros(len(power), np.bool_)
    loudness_db = 10 * np.log10(np.maximum(power, _FAINTEST))
    noise_db, speech_db = np.percentile(loudness_db, [2, 90])
    quiet_db = max(speech_db - BELOW_SPEECH_DB, min(noise_db + ABOVE_NOISE_DB, speech_db - LEAST_BELOW_SPEECH_DB))
    return np.asarray(loudness_db > quiet_db)


def _stretch(first: int, end: int) -> Stretch:
    return Stretch(float(first * _FRAME_S), float(end * _FRAME_S))
