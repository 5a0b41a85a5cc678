"""What lies in KOKORO_MODEL_DIR, used only when its hash says that it is what it should be.

::

    kokoro-v1.0.int8.onnx    the model; another *.onnx instead, if it is the only one
    voices/af_heart.bin …    the voices, each the bare numbers (kokoro_voices.py says which), or
    voices-v1.0.bin          all of them in one file, as numpy.savez writes it
    SHA256SUMS               as ``sha256sum *.onnx voices/*.bin`` prints it: vouches for files that are not official

An official file is known by the hash that stands here; any other needs a line in SHA256SUMS, so that a download that
broke off, or a file that was swapped, never speaks.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voice.domain.errors import ProviderRejected, ProviderUnavailable
from voice.providers.kokoro_voices import SHA256

OFFICIAL_MODEL: Final = "kokoro-v1.0.int8.onnx"
OFFICIAL_MODEL_SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"

STYLES: Final = 510
STYLE_SIZE: Final = 256

Styles: TypeAlias = NDArray[np.float32]
"""``STYLES`` rows of ``STYLE_SIZE`` numbers."""


class ModelFolder:
    """The folder at ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def model(self) -> Path | None:
        """The model's file, not yet checked; None when there is none, or when it is not clear which."""
        found = sorted(self._path.glob("*.onnx"))
        official = self._path / OFFICIAL_MODEL
        return official if official in found else found[0] if len(found) == 1 else None

    def checked_model(self) -> bytes:
        """The model.

        Raises:
            ProviderUnavailable: it is missing, or nothing vouches for it.
        """
        path = self.model()
        if path is None:
            raise ProviderUnavailable("kokoro", "There is no model in KOKORO_MODEL_DIR.")
        return self._checked(path.name, _read(path), OFFICIAL_MODEL_SHA256)

    def names(self) -> list[str]:
        """The voices that are here, not yet checked.

        Raises:
            ProviderUnavailable: voices-v1.0.bin cannot be read.
        """
        with self._bundle() as bundle:
            return sorted({*self._alone(), *bundle})

    def styles(self, voice: str) -> Styles:
        """The styles of the voice called ``voice``.

        Raises:
            ProviderRejected: there is no such voice here.
            ProviderUnavailable: its file cannot be read, or nothing vouches for it.
        """
        alone = self._alone().get(voice)
        data = _read(alone) if alone else self._bundled(voice)
        data = self._checked(f"voices/{voice}.bin", data, SHA256.get(voice, ""))
        if len(data) != STYLES * STYLE_SIZE * 4:
            raise ProviderUnavailable("kokoro", f"The voice {voice} is not one of this model.")
        return np.frombuffer(data, "<f4").reshape(STYLES, STYLE_SIZE)

    def _alone(self) -> dict[str, Path]:
        return {path.stem: path for path in self._path.glob("voices/*.bin")}

    def _bundled(self, voice: str) -> bytes:
        with self._bundle() as bundle:
            if voice not in bundle:
                raise ProviderRejected("kokoro", "There is no voice of that name in KOKORO_MODEL_DIR.")
            return bundle[voice].tobytes()

    @contextmanager
    def _bundle(self) -> Iterator[Mapping[str, Styles]]:
        """The voices in voices-v1.0.bin, each read when it is asked for; none where there is no such file."""
        path = self._path / "voices-v1.0.bin"
        if not path.exists():
            yield {}
            return
        try:
            with np.load(path) as bundle:
                yield bundle
        except (EOFError, OSError, TypeError, ValueError, zipfile.BadZipFile) as broken:
            raise ProviderUnavailable("kokoro", "The voices in KOKORO_MODEL_DIR cannot be read.") from broken

    def _checked(self, name: str, data: bytes, official_sha256: str) -> bytes:
        found = hashlib.sha256(data).hexdigest()
        if found not in {official_sha256, self._vouched().get(name)}:
            raise ProviderUnavailable("kokoro", f"{name} is not the official file, nor is its hash in SHA256SUMS.")
        return data

    def _vouched(self) -> dict[str, str]:
        """Hashes by file name; sha256sum writes a star before the name of what it read as binary."""
        sums = self._path / "SHA256SUMS"
        lines = _read(sums).decode(errors="replace").splitlines() if sums.exists() else []
        pairs = (line.split(maxsplit=1) for line in lines if " " in line)
        return {name.lstrip("*").removeprefix("./"): digest.lower() for digest, name in pairs}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as unreadable:
        raise ProviderUnavailable("kokoro", f"{path.name} in KOKORO_MODEL_DIR cannot be read.") from unreadable
