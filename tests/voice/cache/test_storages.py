from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from voice.cache.storages import AtomicFileStorage


class FullDisk(ContentFile):  # type: ignore[type-arg]  # generic only in the stubs
    """A file whose second half does not fit."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002  # Django's signature
        """Half of it."""
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")


def files_below(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_the_name_asked_for_is_the_name_given(tmp_path: Path) -> None:
    storage = AtomicFileStorage(tmp_path)
    assert storage.save("tts-cache/abc.mp3", ContentFile(b"one")) == "tts-cache/abc.mp3"
    assert (tmp_path / "tts-cache" / "abc.mp3").read_bytes() == b"one"


def test_saving_again_replaces_the_file(tmp_path: Path) -> None:
    storage = AtomicFileStorage(tmp_path)
    storage.save("a.mp3", ContentFile(b"one"))
    assert storage.save("a.mp3", ContentFile(b"two")) == "a.mp3"
    assert files_below(tmp_path) == {"a.mp3"}
    assert (tmp_path / "a.mp3").read_bytes() == b"two"


def test_a_reader_of_the_old_file_goes_on_reading_it(tmp_path: Path) -> None:
    storage = AtomicFileStorage(tmp_path)
    storage.save("a.mp3", ContentFile(b"one"))
    with storage.open("a.mp3") as reader:
        storage.save("a.mp3", ContentFile(b"two"))
        assert reader.read() == b"one"


def test_a_write_that_fails_leaves_neither_a_file_nor_a_part_of_one(tmp_path: Path) -> None:
    storage = AtomicFileStorage(tmp_path)
    with pytest.raises(OSError, match="No space left"):
        storage.save("a.mp3", FullDisk(b""))
    assert files_below(tmp_path) == set()


def test_a_write_that_fails_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    storage = AtomicFileStorage(tmp_path)
    storage.save("a.mp3", ContentFile(b"one"))
    with pytest.raises(OSError, match="No space left"):
        storage.save("a.mp3", FullDisk(b""))
    assert (tmp_path / "a.mp3").read_bytes() == b"one"
