"""One call of a provider, from asking for a place to the last chunk."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, nullcontext
from typing import Final

from django.conf import settings

from voice.audio.sniffing import looks_like
from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio
from voice.domain.speech import SpeechRequest
from voice.providers.provider import Provider
from voice.speech.call_report import Report
from voice.speech.patience import Patience
from voice.speech.places import places

UNDECIDED_BYTES: Final = 64_000
"""A stream that has not told by then whether it is audio is none."""


async def call(
    speaker: Provider, segment: SpeechRequest, until_s: float, *, placed: bool = False
) -> AsyncGenerator[bytes, None]:
    """Have ``speaker`` say ``segment``, in its format. The first item is empty: it says that the audio has begun.

    A place among the provider's calls, unless the caller has one (``placed``), and the beginning of the audio are
    waited for until ``until_s`` of the event loop's clock; each further chunk for TTS_PROVIDER_TIMEOUT.

    Raises:
        UnsupportedText, ProviderError: it failed. What was yielded before is not the whole.
    """
    async with nullcontext() if placed else places.taken(speaker, until_s):
        with (
            Report(speaker.name, segment) as report,
            Patience(speaker.name, until_s, settings.TTS_PROVIDER_TIMEOUT) as patience,
        ):
            async with aclosing(speaker.synthesize(segment)) as chunks:
                head = await _head(speaker.name, chunks, segment.format)
                patience.pause()
                report.begin(head)
                yield b""
                yield head
                patience.resume()
                async for chunk in chunks:
                    patience.pause()
                    report.size_bytes += len(chunk)
                    yield chunk
                    patience.resume()


async def _head(provider: str, chunks: AsyncGenerator[bytes, None], audio_format: AudioFormat) -> bytes:
    """The first chunk, or as many as it takes to see that they are audio.

    Raises:
        BadAudio: they are not.
        UnsupportedText, ProviderError: the provider failed.
    """
    head = b""
    async for chunk in chunks:
        head += chunk
        verdict = looks_like(head, audio_format)
        if verdict:
            return head
        if verdict is False or len(head) > UNDECIDED_BYTES:
            raise BadAudio(provider, f"What it sent does not begin as {audio_format} does.")
    raise BadAudio(provider, "It answered with no audio at all.")
