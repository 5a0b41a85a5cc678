"""The voices of the embedded engine: one speaker as the model has her, and three shapes of her voice.

The model gives a spectrum for every 12.5 ms; before that becomes a wave, its pitch can be scaled and its envelope
stretched along frequency, as a shorter or longer vocal tract would do. DistillMOS told how far that stays natural.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.providers.provider import VoiceFacts

Spectrum = NDArray[np.float32]
"""One value for each of 601 frequencies (0 to 12 kHz) and each frame."""

SPEAKER_PITCH_HZ: Final = 185.0
"""The speaker's median pitch: what intonation moves around."""


@dataclass(frozen=True, slots=True)
class Timbre:
    """How a voice differs from the speaker.

    Her pitch is multiplied by ``pitch``, the frequencies of her vowels by ``tract`` (above 1: a shorter vocal tract),
    and the ups and downs of her intonation are raised to the power ``intonation`` (below 1: calmer).
    """

    pitch: float = 1.0
    tract: float = 1.0
    intonation: float = 1.0

    def pitched(self, f0: NDArray[np.float32]) -> NDArray[np.float32]:
        """The pitch curve ``f0`` (Hz a frame, about 0 where there is no voice) in this voice."""
        relative = np.maximum(f0, 0) / SPEAKER_PITCH_HZ
        return (self.pitch * SPEAKER_PITCH_HZ * relative**self.intonation).astype(np.float32)

    def stretched(self, spectrum: Spectrum) -> Spectrum:
        """``spectrum`` with what was at f now at ``tract`` times f.

        Each frequency takes what its nearest source has. Interpolating takes seven times as long and sounds worse.
        """
        if self.tract == 1:
            return spectrum
        last = len(spectrum) - 1
        source = np.rint(np.arange(last + 1) / self.tract).astype(np.intp)
        return spectrum[np.minimum(source, last)]


TIMBRES: Final = {
    "heart": Timbre(),
    "bright": Timbre(pitch=1.1, tract=1.06, intonation=0.8),
    "warm": Timbre(pitch=0.9, tract=0.92, intonation=1.1),
    "deep": Timbre(pitch=0.8, tract=0.9, intonation=0.8),
}

FACTS: Final = (
    VoiceFacts("heart", "Heart", "en-US", "female", "A clear American voice, as its model has it."),
    VoiceFacts("bright", "Bright", "en-US", "female", "Heart, higher and lighter."),
    VoiceFacts("warm", "Warm", "en-US", "female", "Heart, a little lower and livelier."),
    VoiceFacts("deep", "Deep", "en-US", "female", "Heart, much lower and calmer."),
)
