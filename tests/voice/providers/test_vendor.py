from __future__ import annotations

from typing import ClassVar

import pytest
from pytest_django import Settings

from voice.domain.errors import ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.vendor import Vendor


class Acme(Vendor):
    name: ClassVar = "acme"
    keys: ClassVar = ("PLAYHT_USER_ID", "PLAYHT_API_KEY")
    settings: ClassVar = frozenset({"style"})


@pytest.fixture
def acme(settings: Settings) -> Acme:
    settings.PLAYHT_USER_ID = settings.PLAYHT_API_KEY = "given"
    return Acme()


def test_with_all_its_keys_it_can_be_used(acme: Acme) -> None:
    assert acme.unavailable_because() is None
    acme.refuse_unless_available()


@pytest.mark.parametrize("key", Acme.keys)
def test_it_names_the_key_that_is_missing(acme: Acme, settings: Settings, key: str) -> None:
    setattr(settings, key, "")
    assert acme.unavailable_because() == f"{key} is not set."
    with pytest.raises(ProviderUnavailable, match=key):
        acme.refuse_unless_available()


def test_it_is_told_only_what_it_knows(acme: Acme) -> None:
    asked = SpeechRequest("Hello", VoiceId("acme", "ann"), settings={"style": "calm", "pitch": 2})
    assert acme.told(asked) == {"style": "calm"}
