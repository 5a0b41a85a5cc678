"""Where audio files lie: by the names TTS_STORAGE knows; and files on a disk."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from django.core.files.storage.handler import StorageHandler


def configured(name: str) -> Storage:
    """The storage TTS_STORAGE would mean by ``name``.

    Raises:
        ImproperlyConfigured: it needs a setting that is missing.
    """
    return StorageHandler(settings.TTS_STORAGES)[name]  # type: ignore[arg-type]  # the stubs want what comes of them


FIRST_CHARACTERS: Final = ".0123456789abcdef"
"""Of a file that is being written, and of keys."""


class AtomicFileStorage(FileSystemStorage):
    """A file is there whole or not at all, and saving it again replaces it.

    Django's own writes under the final name as it goes: whoever reads meanwhile, and whoever comes after a crash, finds
    half a file.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002  # Django's signature
        """The name asked for: names here say what is inside, so another file of that name holds the same."""
        return name

    def names(self, folder: str) -> Iterator[str]:
        """The names of the files in ``folder`` in ascending order; those that begin like none of ours are left out.

        A folder is in no order. It is read once for each first character, so that a sixteenth of it is in memory.
        """
        if not self.exists(folder):
            return
        for first in FIRST_CHARACTERS:
            with os.scandir(self.path(folder)) as found:
                yield from sorted(entry.name for entry in found if entry.name.startswith(first))

    def _save(self, name: str, content: File[bytes]) -> str:
        final = Path(self.path(name))
        final.parent.mkdir(parents=True, exist_ok=True)
        partial = final.with_name(f".{final.name}.{secrets.token_hex(4)}.partial")
        try:
            with partial.open("wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
            os.replace(partial, final)  # noqa: PTH105  # Path.replace is the same call; this is the word people look for
        finally:
            partial.unlink(missing_ok=True)
        return name
