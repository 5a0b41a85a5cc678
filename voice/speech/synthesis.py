"""One provider says one text: in the format asked for, in as many calls as its limit asks for."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from voice.audio.encoding import encode
from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio, UndecodableAudio
from voice.domain.speech import SpeechRequest
from voice.providers.provider import Provider
from voice.speech.pieces import in_pieces
from voice.speech.retrying import begin
from voice.text.packing import packed


async def synthesize(speaker: Provider, request: SpeechRequest, until_s: float) -> AsyncGenerator[bytes, None]:
    """Have ``speaker`` say ``request``: its chunks in the format asked for, the first of which has come by ``until_s``.

    A text that takes several calls is joined as PCM: files cannot be put end to end, samples can.

    Raises:
        InvalidRequest: the format needs an extra that is not installed.
        UnsupportedText, ProviderError: there is no first chunk.
    """
    pieces = packed(request.text, speaker.max_characters)
    if len(pieces) == 1:
        made = request.format if request.format in speaker.formats else speaker.formats[0]
        chunks = await begin(speaker, replace(request, text=pieces[0], format=made), until_s)
    else:
        made = AudioFormat.PCM
        chunks = in_pieces(speaker, request, pieces, until_s)
        await anext(chunks)
    return chunks if made is request.format else await _encoded(speaker.name, chunks, made, request.format)


async def _encoded(
    provider: str, chunks: AsyncGenerator[bytes, None], made: AudioFormat, wanted: AudioFormat
) -> AsyncGenerator[bytes, None]:
    """``chunks`` as ``wanted``, once there is a first one: audio that cannot be decoded has none.

    Raises:
        InvalidRequest: as ``encode``.
        BadAudio: it cannot be decoded.
        ProviderError: the provider failed.
    """
    try:
        encoded = encode(chunks, made, wanted)
        first = await anext(encoded, b"")
    except UndecodableAudio:
        raise BadAudio(provider, f"What it sent cannot be decoded as {made}.") from None
    except BaseException:
        await chunks.aclose()
        raise
    if not first:
        raise BadAudio(provider, "There is no sound in what it sent.")
    return _from_first(first, encoded)


async def _from_first(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(rest):
        yield first
        async for chunk in rest:
            yield chunk
