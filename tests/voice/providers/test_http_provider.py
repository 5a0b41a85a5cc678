from __future__ import annotations

from typing import ClassVar

import pytest
from pytest_django import Settings

from voice.domain.errors import ProviderUnavailable
from voice.providers.http_provider import HttpProvider


class Acme(HttpProvider):
    name: ClassVar = "acme"
    base_url: ClassVar = "PLAYHT_BASE_URL"
    keys: ClassVar = ("PLAYHT_API_KEY",)


@pytest.fixture
def acme(settings: Settings) -> Acme:
    settings.PLAYHT_BASE_URL = "http://127.0.0.1:9/acme/"
    settings.PLAYHT_API_KEY = "key"
    return Acme()


def test_with_all_its_settings_it_can_be_used(acme: Acme) -> None:
    assert acme.unavailable_because() is None


@pytest.mark.parametrize("setting", ["PLAYHT_BASE_URL", "PLAYHT_API_KEY"])
def test_it_names_the_setting_that_is_missing(acme: Acme, settings: Settings, setting: str) -> None:
    setattr(settings, setting, "")
    assert acme.unavailable_because() == f"{setting} is not set."
    with pytest.raises(ProviderUnavailable, match=setting):
        acme.url("/speak")


def test_an_address_may_end_in_a_slash_or_not(acme: Acme, settings: Settings) -> None:
    assert acme.url("/speak") == "http://127.0.0.1:9/acme/speak"
    settings.PLAYHT_BASE_URL = "http://127.0.0.1:9"
    assert acme.url("/speak") == "http://127.0.0.1:9/speak"


async def test_closing_it_twice_is_no_harm(acme: Acme) -> None:
    acme.http.session()
    await acme.close()
    await acme.close()
