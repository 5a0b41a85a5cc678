"""Where audio lies: memory, a disk, or any storage Django knows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import cache
from typing import IO, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from voice.cache.hot import HotAudio
from voice.domain.audio import AudioFormat

READ_BYTES: Final = 256 * 1024
"""How much of a large file is read at once."""


def path_of(key: str, audio_format: AudioFormat) -> str:
    """The name of an object in the store."""
    return f"tts-cache/{key}.{audio_format.value}"


class StoredAudio:
    """A complete piece of audio: its size now, its bytes when asked for."""

    def __init__(self, size_bytes: int, data: bytes | None, file: IO[bytes] | None) -> None:
        self.size_bytes = size_bytes
        self.data = data
        self._file = file

    async def read(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Yield the bytes from ``start`` up to, not including, ``end``."""
        if self.data is not None:
            yield self.data[start:end]
            return
        assert self._file is not None  # noqa: S101  # audio is in memory or in a file
        await asyncio.to_thread(self._file.seek, start)
        while start < end and (piece := await asyncio.to_thread(self._file.read, min(READ_BYTES, end - start))):
            start += len(piece)
            yield piece

    def close(self) -> None:
        """Give the file back."""
        if self._file is not None:
            self._file.close()


class AudioStore:
    """Complete pieces of audio by path, those played lately in memory."""

    def __init__(self, storage: Storage, hot: HotAudio) -> None:
        self._storage = storage
        self._hot = hot

    def hot(self, path: str) -> StoredAudio | None:
        """The audio at ``path`` if it is in memory: no I/O, no waiting."""
        data = self._hot.get(path)
        return None if data is None else StoredAudio(len(data), data, None)

    async def find(self, path: str) -> StoredAudio | None:
        """The audio at ``path``, or None.

        Raises:
            OSError: the storage cannot be read.
        """
        found = self.hot(path) or await asyncio.to_thread(self._open, path)
        if found is not None and found.data is not None:
            self._hot.put(path, found.data)
        return found

    async def keep(self, path: str, data: bytes) -> None:
        """Store ``data``, whole or not at all.

        Raises:
            OSError: the storage cannot be written.
        """
        await asyncio.to_thread(self._storage.save, path, ContentFile(data))
        self._hot.put(path, data)

    async def delete(self, path: str) -> None:
        """Remove the audio at ``path``; it may be gone already."""
        self._hot.drop(path)
        await asyncio.to_thread(self._storage.delete, path)

    def _open(self, path: str) -> StoredAudio | None:
        try:
            file = self._storage.open(path, "rb")
        except FileNotFoundError:
            return None
        if file.size > READ_BYTES:
            return StoredAudio(file.size, None, file.file)
        with file:
            data = file.read()
        return StoredAudio(len(data), data, None)


@cache
def audio_store() -> AudioStore:
    """The store of this process."""
    return AudioStore(storages["audio"], HotAudio(settings.TTS_HOT_BYTES))
