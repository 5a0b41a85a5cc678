"""Audio that was played lately, in memory."""

from __future__ import annotations

from collections import OrderedDict


class HotAudio:
    """The least recently used of ``max_bytes`` of audio goes first. For one event loop, or under a lock."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.size_bytes = 0
        self._audio: OrderedDict[str, bytes] = OrderedDict()

    def get(self, path: str) -> bytes | None:
        """The audio at ``path``, if it is here."""
        data = self._audio.get(path)
        if data is not None:
            self._audio.move_to_end(path)
        return data

    def put(self, path: str, data: bytes) -> None:
        """Hold ``data``, unless it is so large (over an eighth of the room) that it would crowd out the rest."""
        self.drop(path)
        if len(data) * 8 > self.max_bytes:
            return
        self._audio[path] = data
        self.size_bytes += len(data)
        while self.size_bytes > self.max_bytes:
            _, oldest = self._audio.popitem(last=False)
            self.size_bytes -= len(oldest)

    def drop(self, path: str) -> None:
        """Forget the audio at ``path``."""
        self.size_bytes -= len(self._audio.pop(path, b""))
