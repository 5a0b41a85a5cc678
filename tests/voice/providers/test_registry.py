"""What the registry lists, the import contracts and the operator's page know as well."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.server import ROOT
from tests.speaking import said
from tests.vendors.environment import environment
from tests.vendors.server import FakeVendors
from voice.domain.errors import ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.registry import PROVIDERS, chain, provider

OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_a_provider_is_called_what_its_class_is_called() -> None:
    assert [provider(name).name for name in PROVIDERS] == list(PROVIDERS)


@pytest.fixture
def without_botocore(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation that lacks what Polly is called with; nothing of it was imported yet."""
    for module in [name for name in sys.modules if name.startswith(("botocore", "boto3", "voice.providers.polly"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.setitem(sys.modules, "botocore", None)
    provider.cache_clear()
    yield
    provider.cache_clear()


@pytest.mark.usefixtures("without_botocore")
async def test_a_provider_without_its_package_says_which_one_and_is_stepped_over(settings: Settings) -> None:
    settings.TTS_PROVIDER = ["polly", "local"]
    polly = provider("polly")
    assert polly.name == "polly"
    assert str(polly.unavailable_because()) in (
        "The package boto3 is not installed.",
        "The package botocore is not installed.",
    )
    with pytest.raises(ProviderUnavailable, match="is not installed"):
        await said(polly, SpeechRequest("Hello there", VoiceId("polly", "Joanna")))
    assert [one.name for one in chain() if one.unavailable_because() is None] == ["local"]


def test_a_module_of_ours_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROVIDERS, "nobody", "voice.providers.nobody.NobodyProvider")
    with pytest.raises(ImportError):
        provider("nobody")


def test_every_provider_keeps_out_of_every_others_way() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (independent,) = (contract["modules"] for contract in contracts if contract["type"] == "independence")
    assert sorted(independent) == sorted(path.rpartition(".")[0] for path in PROVIDERS.values())


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_operator_is_told_of_every_provider(name: str) -> None:
    assert f"\n| `{name}` |" in OPERATIONS


async def test_the_operator_is_told_of_every_setting_a_provider_has(vendors: FakeVendors) -> None:
    assert [setting for setting in environment(vendors) if f"`{setting}`" not in OPERATIONS] == []
