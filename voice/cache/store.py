"""Where audio lies: memory, a disk, or any storage Django knows."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from functools import cache, partial
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

from voice.cache import workers
from voice.cache.hot import HotAudio
from voice.cache.serving import Serving
from voice.domain.audio import AudioFormat

FOLDER: Final = "tts-cache"

READ_BYTES: Final = 256 * 1024
"""How much is read at once; what is larger is never in memory as a whole."""


def path_of(key: str, audio_format: AudioFormat) -> str:
    """The name of an object in the store."""
    return f"{FOLDER}/{key}.{audio_format.value}"


class StoredAudio:
    """A complete piece of audio: its size now, its bytes when asked for.

    ``data`` is the whole of it when it is in memory; otherwise ``file`` opens it.
    """

    def __init__(self, size_bytes: int, data: bytes | None, file: Callable[[], File[bytes]]) -> None:
        self.size_bytes = size_bytes
        self.data = data
        self._file = file

    async def read(self, start: int, end: int) -> AsyncGenerator[bytes, None]:
        """Yield the bytes from ``start`` up to, not including, ``end``.

        Raises:
            OSError: the storage failed on the way.
        """
        if self.data is not None:
            yield self.data[start:end]
            return
        file = await workers.run(self._file)
        try:
            await workers.run(file.seek, start)
            while start < end and (piece := await workers.run(file.read, min(READ_BYTES, end - start))):
                start += len(piece)
                yield piece
        finally:
            file.close()


class AudioStore:
    """Complete pieces of audio by path, those played lately in memory."""

    def __init__(self, storage: Storage, hot: HotAudio) -> None:
        self._storage = storage
        self._hot = hot
        self._serving = Serving(storage)

    def hot(self, path: str) -> StoredAudio | None:
        """The audio at ``path`` if it is in memory: no I/O, no waiting."""
        data = self._hot.get(path)
        return None if data is None else self._audio(path, len(data), data)

    def warm(self, path: str, data: bytes | None) -> None:
        """Have the audio at ``path`` in memory from now on, unless it is too large to be read at once."""
        self._serving.is_there(path)
        if data is not None:
            self._hot.put(path, data)

    def hold(self, path: str, data: bytes) -> None:
        """Have the audio at ``path`` in memory, which the storage would not take: it is heard from here for a while."""
        self._serving.is_not_there(path)
        self._hot.put(path, data)

    async def url(self, path: str) -> str | None:
        """Where the storage itself serves the audio at ``path``, for a while; None if it has to be served from here."""
        return await self._serving.url(path)

    def cool(self, path: str) -> None:
        """Have the audio at ``path`` in memory no longer."""
        self._hot.drop(path)

    async def find(self, path: str) -> StoredAudio | None:
        """The audio at ``path``, or None.

        Raises:
            OSError: the storage cannot be read.
        """
        found = self.hot(path) or await workers.in_time(self.open, path)
        if found is not None:
            self.warm(path, found.data)
        return found

    def save(self, path: str, data: bytes) -> None:
        """Store ``data``, whole or not at all. It blocks: for a worker thread.

        Raises:
            OSError: the storage cannot be written.
        """
        self._storage.save(path, ContentFile(data))

    async def delete(self, path: str) -> None:
        """Remove the audio at ``path``; it may be gone already."""
        self._hot.drop(path)
        await workers.run(self._storage.delete, path)

    def open(self, path: str) -> StoredAudio | None:
        """The audio at ``path``, or None. It blocks: for a worker thread.

        Raises:
            OSError: the storage cannot be read.
        """
        try:
            with self._storage.open(path, "rb") as file:
                data = file.read() if file.size <= READ_BYTES else None
                return self._audio(path, file.size, data)
        except FileNotFoundError:
            return None

    def _audio(self, path: str, size_bytes: int, data: bytes | None) -> StoredAudio:
        return StoredAudio(size_bytes, data, partial(self._storage.open, path, "rb"))


@cache
def audio_store() -> AudioStore:
    """The store of this process."""
    return AudioStore(storages["audio"], HotAudio(settings.TTS_HOT_BYTES))
