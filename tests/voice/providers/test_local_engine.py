"""The embedded engine itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from voice.audio import threads
from voice.domain.errors import ProviderUnavailable
from voice.providers import local_engine
from voice.providers.local_engine import Engine, engine
from voice.providers.local_voices import Timbre

HEART = Timbre()


def test_a_model_that_is_not_the_pinned_one_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forged = tmp_path / "hibari.onnx"
    forged.write_bytes(b"another model")
    monkeypatch.setattr(local_engine, "voice_path", lambda *_, **__: str(forged))
    with pytest.raises(ProviderUnavailable):
        Engine()


def test_a_model_that_is_not_there_is_not_downloaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[object] = []

    def missing(name: str, **options: object) -> str:
        asked.append((name, options))
        return str(tmp_path / "missing.onnx")

    monkeypatch.setattr(local_engine, "voice_path", missing)
    with pytest.raises(ProviderUnavailable):
        Engine()
    assert asked == [("heart", {"download_missing": False})]


async def test_it_is_loaded_once_however_many_ask_at_once() -> None:
    local_engine._loaded.cache_clear()
    loaded = await asyncio.gather(*(threads.run(engine) for _ in range(4)))
    assert len(set(map(id, loaded))) == 1


@pytest.mark.parametrize("text", ["", " ", "你好", "…"])
def test_what_has_no_sound_gives_no_samples(text: str) -> None:
    assert engine().say(text, HEART, 1.0).size == 0


def test_letters_that_must_be_spelled_out_are_all_said() -> None:
    few, many = engine().say("qxzwv " * 10, HEART, 1.0), engine().say("qxzwv " * 40, HEART, 1.0)
    assert len(many) == pytest.approx(4 * len(few), rel=0.2)


def test_a_speed_between_two_measured_ones_is_kept_too() -> None:
    usual, changed = (len(engine().say("The room stays the same.", HEART, speed)) for speed in (1.0, 1.1))
    assert usual / changed == pytest.approx(1.1, rel=0.06)


def test_samples_are_float32_at_one_channel() -> None:
    said = engine().say("Hello there.", HEART, 1.0)
    assert said.dtype == np.float32
    assert said.ndim == 1
