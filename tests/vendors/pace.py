"""How an answer comes: in pieces, as slowly as a test wants it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass
class Pace:
    """Answers of ``seconds`` come in ``chunks`` pieces; ``hold`` stops them after the first until it is set."""

    chunk_delay_s: float = 0.0
    first_delay_s: float = 0.0
    seconds: float = 1.0
    chunks: int = 8
    hold: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.hold.set()

    async def pieces(self, data: bytes) -> AsyncIterator[bytes]:
        """``data``, piece by piece."""
        await asyncio.sleep(self.first_delay_s)
        for piece in cut_up(data, self.chunks):
            yield piece
            await self.hold.wait()
            if self.chunk_delay_s:
                await asyncio.sleep(self.chunk_delay_s)


def cut_up(data: bytes, count: int) -> list[bytes]:
    """``data`` in ``count`` pieces."""
    ends = [len(data) * number // count for number in range(count + 1)]
    return [data[start:end] for start, end in pairwise(ends)]
