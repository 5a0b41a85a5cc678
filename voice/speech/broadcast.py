"""One synthesis, heard by many: whoever comes late hears it from the start, whoever leaves changes nothing."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from voice.speech.transmission import Transmission


class Broadcast(Transmission):
    """A transmission that holds every chunk to the end: for audio that will be kept."""

    def __init__(self) -> None:
        super().__init__()
        self._chunks: list[bytes] = []

    def send(self, chunk: bytes) -> None:
        """Pass a chunk to everybody."""
        if chunk:
            self._chunks.append(chunk)
            self._wake()

    @property
    def has_sound(self) -> bool:
        """Whether a chunk was sent."""
        return bool(self._chunks)

    @property
    def is_open(self) -> bool:
        """Until it fails."""
        return self._error is None

    @property
    def data(self) -> bytes:
        """What was sent so far."""
        return b"".join(self._chunks)

    async def listen(self) -> AsyncGenerator[bytes, None]:
        """Yield every chunk, the first ones too.

        Raises:
            SpeechError: what was yielded is not the whole.
        """
        heard = 0
        while True:
            while heard < len(self._chunks):
                heard += 1
                yield self._chunks[heard - 1]
            if self.is_over():
                return
            await self.news()
