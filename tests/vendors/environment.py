"""The settings that lead to the fake vendors."""

from __future__ import annotations

from pytest_django import Settings

from tests.vendors import azure, elevenlabs, openai, playht, polly
from tests.vendors.server import FakeVendors
from tests.vendors.service_account import write_service_account


def environment(fake: FakeVendors) -> dict[str, str]:
    """Every vendor's key and address, by the names of their settings."""
    return {
        "OPENAI_API_KEY": openai.KEY,
        "OPENAI_BASE_URL": f"{fake.url}/openai/v1",
        "ELEVENLABS_API_KEY": elevenlabs.KEY,
        "ELEVENLABS_BASE_URL": f"{fake.url}/elevenlabs",
        "AZURE_SPEECH_KEY": azure.KEY,
        "AZURE_SPEECH_BASE_URL": f"{fake.url}/azure",
        "GOOGLE_APPLICATION_CREDENTIALS": str(write_service_account(fake.folder, fake.url)),
        "GOOGLE_TTS_BASE_URL": f"{fake.url}/google",
        "AWS_ACCESS_KEY_ID": polly.KEY_ID,
        "AWS_SECRET_ACCESS_KEY": polly.SECRET,
        "POLLY_BASE_URL": f"{fake.url}/polly",
        "PLAYHT_USER_ID": playht.USER,
        "PLAYHT_API_KEY": playht.KEY,
        "PLAYHT_BASE_URL": f"{fake.url}/playht",
        "KOKORO_BASE_URL": f"{fake.url}/kokoro/v1",
        "KOKORO_MODEL_DIR": "",
        "PIPER_BASE_URL": f"{fake.url}/piper",
        "COQUI_BASE_URL": f"{fake.url}/coqui",
    }


def point_settings_at(settings: Settings, fake: FakeVendors) -> None:
    """Let every vendor be called at ``fake``, with the right keys."""
    for name, told in environment(fake).items():
        setattr(settings, name, told)
