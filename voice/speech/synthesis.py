"""One provider says one text, in as many calls as its limit asks for."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from voice.audio.encoding import encode
from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio
from voice.domain.speech import SpeechRequest
from voice.providers.provider import Provider
from voice.text.packing import packed


def synthesize(speaker: Provider, request: SpeechRequest) -> tuple[AsyncGenerator[bytes, None], AudioFormat]:
    """Have ``speaker`` say ``request``; the chunks as it makes them, and the format they are in.

    That is the format asked for where the provider makes it itself. A text that takes several calls comes as PCM: files
    cannot be put end to end, samples can.
    """
    pieces = packed(request.text, speaker.max_characters)
    if len(pieces) == 1:
        made = request.format if request.format in speaker.formats else speaker.formats[0]
        return speaker.synthesize(replace(request, text=pieces[0], format=made)), made
    return _in_pieces(speaker, request, pieces), AudioFormat.PCM


async def _in_pieces(speaker: Provider, request: SpeechRequest, pieces: Sequence[str]) -> AsyncGenerator[bytes, None]:
    """Yield PCM, piece after piece."""
    made = AudioFormat.PCM if AudioFormat.PCM in speaker.formats else speaker.formats[0]
    for piece in pieces:
        size_bytes = 0
        said = speaker.synthesize(replace(request, text=piece, format=made))
        async with aclosing(said), aclosing(encode(said, made, AudioFormat.PCM)) as chunks:
            async for chunk in chunks:
                size_bytes += len(chunk)
                yield chunk
        if not size_bytes:
            raise BadAudio(speaker.name, "It answered part of the text with no audio.")
