"""A tone at a rate that is not ours, as the engines with rates of their own make it."""

from __future__ import annotations

import io
import wave

import numpy as np


def raw_tone(seconds: float, rate: int) -> bytes:
    """A sine of 440 Hz as PCM (s16le, mono), ``rate`` samples a second."""
    times = np.arange(round(seconds * rate)) / rate
    return (np.sin(2 * np.pi * 440 * times) * 8192).astype("<i2").tobytes()


def wav_tone(seconds: float, rate: int) -> bytes:
    """The same in a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(raw_tone(seconds, rate))
    return file.getvalue()
