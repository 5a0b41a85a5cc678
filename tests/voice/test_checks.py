from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from tests.server import ROOT, AloudServer
from voice.checks import check_last_days, check_that_somebody_can_speak
from voice.models import ProviderModel

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()


def warned(*arguments: str) -> str:
    told = StringIO()
    call_command("check", *arguments, stderr=told)
    return told.getvalue()


def test_with_a_provider_that_can_speak_there_is_nothing_to_say() -> None:
    assert check_that_somebody_can_speak() == []
    assert check_last_days(databases=["default"]) == []


def test_it_warns_when_nobody_in_the_chain_can_speak(settings: Settings) -> None:
    settings.TTS_PROVIDER = ["openai", "azure"]
    told = warned()
    assert "voice.W001" in told
    assert "openai: OPENAI_API_KEY is not set. azure: AZURE_SPEECH_KEY is not set." in told


@pytest.mark.parametrize(("days", "expected"), [(0, False), (1, True), (60, True), (61, False)])
def test_it_warns_of_a_model_from_sixty_days_before_its_last(settings: Settings, days: int, expected: bool) -> None:
    settings.TTS_PROVIDER = ["openai"]
    ProviderModel.objects.filter(provider="openai").update(sunset_on=None)
    ProviderModel.objects.filter(name="tts-1").update(sunset_on=TODAY + timedelta(days=days))
    found = check_last_days(databases=["default"])
    assert [warning.id for warning in found] == ["voice.W002"] * expected


def test_the_day_is_named_and_what_to_do(settings: Settings) -> None:
    settings.TTS_PROVIDER = ["openai"]
    day = TODAY + timedelta(days=30)
    ProviderModel.objects.filter(name="tts-1").update(sunset_on=day)
    told = warned("--database", "default")
    assert f"openai switches tts-1 off on {day}" in told
    assert "TTS_PROVIDER" in told


def test_models_outside_the_chain_and_those_switched_off_are_no_concern(settings: Settings) -> None:
    ProviderModel.objects.filter(provider="openai").update(sunset_on=TODAY + timedelta(days=1))
    assert check_last_days(databases=["default"]) == []
    settings.TTS_PROVIDER = ["openai"]
    ProviderModel.objects.filter(provider="openai").update(enabled=False)
    assert check_last_days(databases=["default"]) == []


def test_without_a_database_to_ask_it_asks_none(settings: Settings, django_assert_num_queries: object) -> None:
    settings.TTS_PROVIDER = ["openai"]
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert check_last_days(databases=None) == []
        check_that_somebody_can_speak()


def test_before_the_first_migration_it_keeps_quiet(tmp_path: Path) -> None:
    server = AloudServer(tmp_path)
    command = [sys.executable, "manage.py", "check", "--database", "default"]
    done = subprocess.run(command, cwd=ROOT, env=server.env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
