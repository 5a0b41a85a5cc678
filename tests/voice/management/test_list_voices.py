from __future__ import annotations

import pytest
from django.core.management import call_command
from pytest_django import Settings

from voice.models import Voice

pytestmark = pytest.mark.django_db


def test_it_lists_the_voices_and_marks_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    told = call_command("list_voices")
    listed = capsys.readouterr().out
    assert " * local:heart" in listed
    assert listed.count("*") == 1
    assert told == "4 voices; the default is local:heart."


def test_it_says_why_a_provider_cannot_speak(capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    settings.TTS_PROVIDER = ["local", "openai"]
    call_command("list_voices")
    assert "openai: OPENAI_API_KEY is not set." in capsys.readouterr().out


def test_it_leaves_out_what_is_switched_off(capsys: pytest.CaptureFixture[str]) -> None:
    Voice.objects.filter(provider="local", name="heart").update(enabled=False)
    assert call_command("list_voices") == "3 voices; the default is local:bright."
    assert "local:heart" not in capsys.readouterr().out
