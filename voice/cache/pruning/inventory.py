"""What lies in the storage and what the index knows, both by name and in order, so that they can be laid side by side.

Neither is ever in memory as a whole, where the storage can help it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, Protocol, runtime_checkable

from django.core.files.storage import storages

from voice.cache.store import FOLDER
from voice.models import TtsCache

PAGE: Final = 1000


@runtime_checkable
class Orderly(Protocol):
    """A storage that can tell the names in a folder in ascending order, some at a time."""

    def names(self, folder: str) -> Iterator[str]:
        """The names of the files in ``folder``."""
        ...


def stored_names() -> Iterator[str]:
    """The names of the files that lie in the storage, in ascending order. It blocks.

    Raises:
        OSError: the storage cannot be read.
    """
    storage = storages["audio"]
    if isinstance(storage, Orderly):
        yield from storage.names(FOLDER)
        return
    try:
        yield from sorted(storage.listdir(FOLDER)[1])
    except FileNotFoundError:  # nothing was ever kept
        return


def known_names() -> Iterator[str]:
    """The names of the files the index knows, in ascending order, which is that of their keys. It blocks."""
    last = ""
    while page := list(TtsCache.objects.filter(key__gt=last).order_by("key").values_list("key", "path")[:PAGE]):
        yield from [PurePosixPath(path).name for _, path in page]
        last = page[-1][0]
