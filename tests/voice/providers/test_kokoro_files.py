from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from voice.domain.errors import ProviderRejected, ProviderUnavailable
from voice.providers.kokoro_files import STYLE_SIZE, STYLES, ModelFolder, Styles
from voice.providers.kokoro_voices import FACTS, SHA256, facts_of, is_british

OWN_VOICE = np.arange(STYLES * STYLE_SIZE, dtype="<f4").reshape(STYLES, STYLE_SIZE)


def vouch(folder: Path, *names: str, mark: str = " ") -> None:
    """Write SHA256SUMS as sha256sum does."""
    lines = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()} {mark}{name}\n" for name in names)
    (folder / "SHA256SUMS").write_text("".join(lines))


def write(folder: Path, name: str, data: bytes) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def bundle(folder: Path, styles: Styles) -> None:
    """Write voices-v1.0.bin with one voice in it, af_heart."""
    with (folder / "voices-v1.0.bin").open("wb") as file:
        np.savez(file, af_heart=styles)


def test_a_model_that_nothing_vouches_for_is_not_used(tmp_path: Path) -> None:
    write(tmp_path, "kokoro-v1.0.int8.onnx", b"half a download")
    with pytest.raises(ProviderUnavailable, match=r"kokoro-v1\.0\.int8\.onnx is not the official file"):
        ModelFolder(tmp_path).checked_model()


@pytest.mark.parametrize("mark", [" ", "*"])
def test_a_model_that_the_operator_vouches_for_is_used(tmp_path: Path, mark: str) -> None:
    write(tmp_path, "kokoro-v1.0.onnx", b"a larger model")
    vouch(tmp_path, "kokoro-v1.0.onnx", mark=mark)
    assert ModelFolder(tmp_path).checked_model() == b"a larger model"


def test_a_model_that_has_changed_since_is_not_used(tmp_path: Path) -> None:
    write(tmp_path, "kokoro-v1.0.onnx", b"a larger model")
    vouch(tmp_path, "kokoro-v1.0.onnx")
    write(tmp_path, "kokoro-v1.0.onnx", b"another model")
    with pytest.raises(ProviderUnavailable):
        ModelFolder(tmp_path).checked_model()


def test_the_official_model_is_taken_where_there_are_two(tmp_path: Path) -> None:
    write(tmp_path, "a.onnx", b"")
    write(tmp_path, "kokoro-v1.0.int8.onnx", b"")
    assert ModelFolder(tmp_path).model() == tmp_path / "kokoro-v1.0.int8.onnx"


def test_of_two_others_none_is_taken(tmp_path: Path) -> None:
    write(tmp_path, "a.onnx", b"")
    write(tmp_path, "b.onnx", b"")
    assert ModelFolder(tmp_path).model() is None


def test_a_folder_that_is_not_there_has_no_model(tmp_path: Path) -> None:
    assert ModelFolder(tmp_path / "missing").model() is None
    with pytest.raises(ProviderUnavailable):
        ModelFolder(tmp_path / "missing").checked_model()


def test_a_voice_of_ones_own_is_a_file_that_is_vouched_for(tmp_path: Path) -> None:
    write(tmp_path, "voices/mine.bin", OWN_VOICE.tobytes())
    vouch(tmp_path, "voices/mine.bin")
    assert np.array_equal(ModelFolder(tmp_path).styles("mine"), OWN_VOICE)


def test_a_voice_that_only_has_an_official_name_is_not_used(tmp_path: Path) -> None:
    write(tmp_path, "voices/af_heart.bin", OWN_VOICE.tobytes())
    with pytest.raises(ProviderUnavailable, match=r"voices/af_heart\.bin is not the official file"):
        ModelFolder(tmp_path).styles("af_heart")


def test_a_voice_of_another_size_is_not_used(tmp_path: Path) -> None:
    write(tmp_path, "voices/mine.bin", OWN_VOICE[:100].tobytes())
    vouch(tmp_path, "voices/mine.bin")
    with pytest.raises(ProviderUnavailable, match="not one of this model"):
        ModelFolder(tmp_path).styles("mine")


def test_a_voice_in_the_bundle_is_checked_as_one_alone(tmp_path: Path) -> None:
    bundle(tmp_path, OWN_VOICE)
    with pytest.raises(ProviderUnavailable, match="not the official file"):
        ModelFolder(tmp_path).styles("af_heart")


@pytest.mark.parametrize("name", ["nobody", "../mine", "af_heart/../../mine", "/etc/passwd", "."])
def test_a_voice_that_is_not_there_is_rejected_whatever_its_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, "mine.bin", OWN_VOICE.tobytes())
    write(tmp_path, "voices/other.bin", OWN_VOICE.tobytes())
    bundle(tmp_path, OWN_VOICE)
    with pytest.raises(ProviderRejected):
        ModelFolder(tmp_path).styles(name)


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 a broken one"])
def test_a_bundle_that_is_none_is_told(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, "voices-v1.0.bin", data)
    with pytest.raises(ProviderUnavailable):
        ModelFolder(tmp_path).styles("af_heart")


def test_an_array_alone_is_no_bundle(tmp_path: Path) -> None:
    with (tmp_path / "voices-v1.0.bin").open("wb") as file:
        np.save(file, OWN_VOICE)
    with pytest.raises(ProviderUnavailable):
        ModelFolder(tmp_path).styles("af_heart")


def test_it_names_the_voices_that_are_here(tmp_path: Path) -> None:
    assert ModelFolder(tmp_path).names() == []
    write(tmp_path, "voices/mine.bin", OWN_VOICE.tobytes())
    bundle(tmp_path, OWN_VOICE)
    assert ModelFolder(tmp_path).names() == ["af_heart", "mine"]


@pytest.mark.parametrize("name", ["mine", "", "_", "af_", "xx_own", "af_bella+af_sky"])
def test_a_name_that_follows_no_rule_says_nothing(name: str) -> None:
    facts = facts_of(name)
    assert facts.name == name
    assert facts.language == ("en-US" if name.startswith("af_b") else "und")


def test_every_official_voice_is_described_by_its_name() -> None:
    described = {facts.name: (facts.label, facts.language, facts.gender) for facts in FACTS}
    assert len(described) == len(SHA256) == 54
    assert described["am_michael"] == ("Michael", "en-US", "male")
    assert described["bf_emma"] == ("Emma", "en-GB", "female")
    assert described["jf_alpha"] == ("Alpha", "ja", "female")
    assert FACTS[0].name == "af_heart"
    assert [name for name in SHA256 if is_british(name)] == [name for name in SHA256 if described[name][1] == "en-GB"]
