"""In a message of many minutes, each sentence is found where it is."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import numpy as np

from tests import storyteller
from voice.audio.alignment import align
from voice.audio.finding_speech import find_speech
from voice.audio.pcm import pcm_of, silence
from voice.audio.silence import SENTENCE_PAUSE_S
from voice.domain.audio import SAMPLE_RATE, AudioFormat
from voice.text.placing import placed_sentences

IN_STEP_S = 0.25
TIMES_TOLD = 20


async def in_pieces(data: bytes) -> AsyncGenerator[bytes, None]:
    for start in range(0, len(data), 100_001):
        yield data[start : start + 100_001]


async def test_many_minutes_stay_in_step_to_the_end() -> None:
    sentences = storyteller.sentences()
    parts = [(storyteller.sound_of(sentence), silence(SENTENCE_PAUSE_S)) for sentence in sentences]
    once = pcm_of(np.concatenate([part for pair in parts for part in pair]))
    lengths_s = [(len(sound) + len(pause)) / SAMPLE_RATE for sound, pause in parts] * TIMES_TOLD
    onsets_s = np.cumsum([0.0, *lengths_s[:-1]]) + storyteller.LEAD_S
    speech = await find_speech(in_pieces(once * TIMES_TOLD), AudioFormat.PCM)
    assert speech
    assert speech.whole.end_s > 15 * 60
    lengths = [one.length for one in placed_sentences("\n".join(sentences * TIMES_TOLD))]
    aligned = align(speech, lengths)
    assert aligned.exact
    late = [abs(one.start_s - onset_s) for one, onset_s in zip(aligned.sentences, onsets_s, strict=True)]
    assert max(late) < IN_STEP_S


async def test_there_is_no_speech_in_a_stream_of_silence() -> None:
    assert await find_speech(in_pieces(bytes(480_000)), AudioFormat.PCM) is None
