from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts import redis
from tests.http import stranger
from tests.redis_server import RedisServer
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


async def test_redis_is_told_of_where_there_is_one(vendor: FakeVendors, settings: Settings, tmp_path: Path) -> None:
    with RedisServer(tmp_path) as server:
        settings.REDIS_URL = server.url
        assert (await stranger().get("/health/ready")).json()["redis"] == "ok"
        await redis.close()


async def test_without_its_redis_it_is_ready_all_the_same_for_what_was_made_before(
    vendor: FakeVendors, settings: Settings
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = await stranger().get("/health/ready")
    assert (response.status_code, response.json()["redis"]) == (200, "unreachable")


class LostStorage:
    """A storage that has gone away."""

    def exists(self, _name: str) -> bool:
        """It cannot be asked."""
        raise OSError("the network is down")
