from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.http import stranger
from tests.vendors.server import FakeVendors
from voice.models import ProviderModel

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_process_that_answers_lives() -> None:
    response = await stranger().get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_with_all_it_needs_it_is_ready(vendor: FakeVendors) -> None:
    response = await stranger().get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "storage": "ok", "providers": {"openai": "ok"}}


async def test_without_a_provider_that_can_speak_it_is_not_ready_and_says_why(settings: Settings) -> None:
    settings.TTS_PROVIDER = ["openai"]
    response = await stranger().get("/health/ready")
    assert response.status_code == 503
    assert response.json()["providers"] == {"openai": "OPENAI_API_KEY is not set."}


async def test_one_provider_that_can_speak_is_enough_and_the_others_say_why_they_cannot(settings: Settings) -> None:
    settings.TTS_PROVIDER = ["openai", "local"]
    response = await stranger().get("/health/ready")
    assert response.status_code == 200
    assert response.json()["providers"] == {"openai": "OPENAI_API_KEY is not set.", "local": "ok"}


async def test_a_provider_whose_model_was_switched_off_is_no_provider(vendor: FakeVendors) -> None:
    yesterday = timezone.now().date() - timedelta(days=1)
    await ProviderModel.objects.filter(provider="openai").aupdate(sunset_on=yesterday)
    response = await stranger().get("/health/ready")
    assert response.status_code == 503
    assert response.json()["providers"] == {"openai": "Its model tts-1 has been switched off."}


async def test_without_its_storage_it_is_not_ready(settings: Settings) -> None:
    audio = {"BACKEND": f"{__name__}.LostStorage"}
    settings.STORAGES = {**settings.STORAGES, "audio": audio}
    response = await stranger().get("/health/ready")
    assert response.status_code == 503
    assert response.json()["storage"] == "OSError"


class LostStorage:
    """A storage that has gone away."""

    def exists(self, _name: str) -> bool:
        """It cannot be asked."""
        raise OSError("the network is down")
