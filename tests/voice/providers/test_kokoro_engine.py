"""The engine around the model; the model itself is heard in test_kokoro_is_understood."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from voice.domain.errors import ProviderUnavailable
from voice.providers.kokoro_engine import Engine
from voice.providers.kokoro_files import ModelFolder


def test_what_is_vouched_for_and_yet_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.onnx").write_bytes(b"no model")
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(b'no model').hexdigest()}  own.onnx\n")
    with pytest.raises(ProviderUnavailable, match="cannot be loaded"):
        Engine(ModelFolder(tmp_path))
