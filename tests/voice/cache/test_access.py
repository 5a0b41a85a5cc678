from __future__ import annotations

from pathlib import Path

import httpx2 as httpx
import pytest
from pytest_django import Settings

from accounts.models import User
from tests.audio import decoded_s
from tests.http import JSON, signed_in, stranger
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    return signed_in(user)


async def test_what_a_full_disk_would_not_take_is_heard_at_its_address(
    vendor: FakeVendors, client: httpx.AsyncClient, cache_dir: Path, settings: Settings
) -> None:
    settings.TTS_RESPONSE_TIMEOUT = 30.0
    cache_dir.write_bytes(b"a file stands where the folder should be")
    asked = {"text": "Hello there", "voice": "openai:alloy"}
    told = (await client.post("/tts", json=asked, headers=JSON)).json()
    assert told["audio_ready"]
    answer = await stranger().get(told["audio_url"])
    assert decoded_s(answer.content, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
