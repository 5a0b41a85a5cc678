"""A step that turns bytes into other bytes as they come, and how a stream is led through it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Final, Protocol

from voice.audio import threads

PIECE_BYTES: Final = 24_000
"""The most a stage is given at once, half a second of PCM: a long chunk is heard from before all of it is done."""


class Stage(Protocol):
    """An encoder or a decoder. ``inline_bytes`` is the longest input it is done with within about a millisecond."""

    @property
    def inline_bytes(self) -> int:
        """Bytes of input that may be worked on in the event loop's own thread."""
        ...

    def feed(self, chunk: bytes) -> bytes:
        """What can be said after ``chunk``; empty when it takes more to say anything."""
        ...

    def finish(self) -> bytes:
        """What was held back, and whatever ends the output."""
        ...


class Chain:
    """Stages one after the other, as one."""

    def __init__(self, *stages: Stage) -> None:
        self._stages = stages
        self.inline_bytes = min(stage.inline_bytes for stage in stages)

    def feed(self, chunk: bytes) -> bytes:
        """``chunk`` through every stage, as far as it goes."""
        for stage in self._stages:
            if chunk:
                chunk = stage.feed(chunk)
        return chunk

    def finish(self) -> bytes:
        """The rest of every stage, through those behind it."""
        rest = b""
        for stage in self._stages:
            rest = (stage.feed(rest) if rest else b"") + stage.finish()
        return rest


async def through(stage: Stage, chunks: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """``chunks`` through ``stage``, never holding up the event loop; nothing in, nothing out.

    Closing it closes ``chunks``.
    """
    fed = False
    async with aclosing(chunks):
        async for chunk in chunks:
            for piece in _pieces(chunk):
                fed = True
                if made := await _fed(stage, piece):
                    yield made
        if fed and (rest := stage.finish()):
            yield rest


async def _fed(stage: Stage, piece: bytes) -> bytes:
    if len(piece) <= stage.inline_bytes:
        return stage.feed(piece)
    return await threads.run(stage.feed, piece)


def _pieces(chunk: bytes) -> Iterator[bytes]:
    return (chunk[start : start + PIECE_BYTES] for start in range(0, len(chunk), PIECE_BYTES))
