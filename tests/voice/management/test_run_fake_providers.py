"""The vendors are there for a developer, and for nobody else."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.processes import ProcessGroup, free_port, wait_until
from tests.server import ROOT


def test_without_debug_it_refuses(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("run_fake_providers")


def test_without_the_tests_it_says_what_is_missing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEBUG = True
    monkeypatch.setitem(sys.modules, "tests.vendors.by_hand", None)  # as where only the program is installed
    with pytest.raises(CommandError, match=r"tests\.vendors"):
        call_command("run_fake_providers")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[ProcessGroup]:
    command = [sys.executable, str(ROOT / "manage.py"), "run_fake_providers", f"--port={free_port()}"]
    environment = {"DEBUG": "true", "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONUNBUFFERED": "1"}
    with ProcessGroup(command, env=environment, log=tmp_path / "log") as group:
        yield group


def test_it_says_what_to_set_and_obeys(running: ProcessGroup) -> None:
    wait_until(lambda: not running.running() or "Ctrl-C" in running.log.read_text(), 30, "the instructions")
    told = running.log.read_text()
    found = re.search(r"export COQUI_BASE_URL=(http://127\.0\.0\.1:\d+)/coqui\n", told)
    assert found, told
    url = found[1]
    speech = f"{url}/coqui/api/tts?text=Hello"

    assert answer("GET", speech) == 200
    assert answer("PUT", f"{url}/misbehave/coqui/503") == 204
    assert answer("GET", speech) == 503
    assert answer("DELETE", f"{url}/misbehave/coqui") == 204
    assert answer("GET", speech) == 200
    assert answer("PUT", f"{url}/misbehave/coqui/dance") == 404

    os.kill(running.pid, signal.SIGINT)
    wait_until(lambda: not running.running(), 10, "its end")
    assert running.log.read_text().endswith("The fake providers have stopped.\n")


def answer(method: str, url: str) -> int:
    """The status."""
    try:
        with urlopen(Request(url, method=method), timeout=5) as response:  # noqa: S310 - on loopback
            return int(response.status)
    except HTTPError as error:
        return error.code
