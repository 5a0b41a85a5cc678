"""The speech in a stream of any format."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from voice.audio.encoding import encode
from voice.audio.pauses import Speech, SpeechFinder
from voice.domain.audio import AudioFormat


async def find_speech(chunks: AsyncGenerator[bytes, None], audio_format: AudioFormat) -> Speech | None:
    """Where somebody speaks in ``chunks``, and where they pause; None where all is silent.

    Raises:
        InvalidRequest: the format needs an extra that is not installed.
        UndecodableAudio: it is not what ``audio_format`` says.
    """
    finder = SpeechFinder()
    async with aclosing(encode(chunks, audio_format, AudioFormat.PCM)) as decoded:
        async for pcm in decoded:
            finder.feed(pcm)
    return finder.speech()
