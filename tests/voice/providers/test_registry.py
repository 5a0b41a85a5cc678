"""What the registry lists, the import contracts and the operator's page know as well."""

from __future__ import annotations

import tomllib

import pytest

from tests.server import ROOT
from tests.vendors.environment import environment
from tests.vendors.server import FakeVendors
from voice.providers.registry import PROVIDERS, provider

OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_a_provider_is_called_what_its_class_is_called() -> None:
    assert [provider(name).name for name in PROVIDERS] == list(PROVIDERS)


def test_every_provider_keeps_out_of_every_others_way() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (independent,) = (contract["modules"] for contract in contracts if contract["type"] == "independence")
    assert sorted(independent) == sorted(path.rpartition(".")[0] for path in PROVIDERS.values())


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_operator_is_told_of_every_provider(name: str) -> None:
    assert f"\n| `{name}` |" in OPERATIONS


async def test_the_operator_is_told_of_every_setting_a_provider_has(vendors: FakeVendors) -> None:
    assert [setting for setting in environment(vendors) if f"`{setting}`" not in OPERATIONS] == []
