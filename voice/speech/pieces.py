"""A text beyond a provider's limit: said in several calls, heard as one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Self

from django.conf import settings

from voice.audio.encoding import WholeSamples, encode
from voice.audio.stage import through
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest, Stitch
from voice.providers.provider import Provider
from voice.speech.places import places
from voice.speech.retrying import begin


async def in_pieces(
    speaker: Provider, request: SpeechRequest, pieces: Sequence[str], until_s: float
) -> AsyncGenerator[bytes, None]:
    """Yield ``pieces`` of ``request`` as PCM, each begun while the one before it is heard.

    The first item is empty: it says that the audio has begun, by ``until_s`` of the event loop's clock. One place among
    the provider's calls is held to the end, so that a text that is being heard never queues behind others; where
    another is free, the next piece is prepared there, unless the vendor has to be told what it said before.

    Raises:
        UnsupportedText, ProviderError: the provider failed. What was yielded before is not the whole.
    """
    made = AudioFormat.PCM if AudioFormat.PCM in speaker.formats else speaker.formats[0]
    in_order = speaker.rules().in_order
    request = replace(request, format=made, stitch=request.stitch or Stitch())
    async with places.taken(speaker, until_s):
        chunks = await begin(speaker, request.saying(pieces[0]), until_s, placed=True)
        try:
            yield b""
            for following in pieces[1:]:
                async with places.spare(speaker) as is_free, Next(speaker, request.saying(following)) as prepared:
                    if is_free and not in_order:
                        prepared.start()
                    async with aclosing(_as_pcm(chunks, made)) as samples:
                        async for chunk in samples:
                            yield chunk
                    chunks = await prepared.chunks()
            async with aclosing(_as_pcm(chunks, made)) as samples:
                async for chunk in samples:
                    yield chunk
        finally:
            await chunks.aclose()


def _as_pcm(chunks: AsyncGenerator[bytes, None], made: AudioFormat) -> AsyncGenerator[bytes, None]:
    """Whole samples: half a one would turn everything behind it into noise."""
    return through(WholeSamples(), chunks) if made is AudioFormat.PCM else encode(chunks, made, AudioFormat.PCM)


class Next:
    """The piece that comes next: begun in the background once started, else when it is asked for."""

    def __init__(self, speaker: Provider, segment: SpeechRequest) -> None:
        self._speaker = speaker
        self._segment = segment
        self._beginning: asyncio.Task[AsyncGenerator[bytes, None]] | None = None

    def start(self) -> None:
        """Begin it now."""
        self._beginning = asyncio.get_running_loop().create_task(self._begin())

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Its chunks, once the first is there; whoever gets them closes them.

        Raises:
            UnsupportedText, ProviderError: there is none.
        """
        if self._beginning is None:
            return await self._begin()
        begun = await self._beginning
        self._beginning = None
        return begun

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._beginning is None:
            return
        self._beginning.cancel()
        (begun,) = await asyncio.gather(self._beginning, return_exceptions=True)
        if not isinstance(begun, BaseException):
            await begun.aclose()

    async def _begin(self) -> AsyncGenerator[bytes, None]:
        until_s = asyncio.get_running_loop().time() + settings.TTS_PROVIDER_TIMEOUT
        return await begin(self._speaker, self._segment, until_s, placed=True)
