"""The engine around the model; the model itself is heard in test_kokoro_is_understood."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest

from voice.domain.errors import ProviderUnavailable
from voice.providers.kokoro_engine import Engine
from voice.providers.kokoro_files import ModelFolder

ANOTHER_MODEL = files("hibari").joinpath("assets/hibari.onnx").read_bytes()


@pytest.mark.parametrize(
    ("model", "told"), [(b"no model", "cannot be loaded"), (ANOTHER_MODEL, "is not Kokoro")], ids=["none", "another"]
)
def test_what_is_vouched_for_and_yet_not_the_model_is_told(tmp_path: Path, model: bytes, told: str) -> None:
    (tmp_path / "own.onnx").write_bytes(model)
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(model).hexdigest()}  own.onnx\n")
    with pytest.raises(ProviderUnavailable, match=told):
        Engine(ModelFolder(tmp_path))
