"""The WAV files that engines answer with, at whatever rate their models have, as PCM."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from voice.audio.encoding import encode
from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio, InvalidRequest, ProviderUnavailable, UndecodableAudio


async def pcm_of_wav(provider: str, wav: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """Yield the samples of ``wav`` as PCM (s16le, 24 kHz, mono) as they come; closing it closes ``wav``.

    Raises:
        BadAudio: it is no WAV.
        ProviderUnavailable: it must be resampled, which takes the extra ``codecs``.
        ProviderError: whatever ``wav`` raises.
    """
    try:
        async with aclosing(encode(wav, AudioFormat.WAV, AudioFormat.PCM)) as pcm:
            async for piece in pcm:
                yield piece
    except UndecodableAudio:
        raise BadAudio(provider, "It answered with something else than a WAV file.") from None
    except InvalidRequest:
        raise ProviderUnavailable(provider, "Its audio must be resampled, which needs the extra “codecs”.") from None
