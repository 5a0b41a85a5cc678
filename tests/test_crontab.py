"""deploy/crontab, run line by line as cron does."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.server import ROOT, AloudServer

CRONTAB: Final = (ROOT / "deploy" / "crontab").read_text().splitlines()
SETTINGS: Final = dict(line.split("=", 1) for line in CRONTAB if re.match(r"[A-Z]+=", line))
COMMANDS: Final = [line.split(maxsplit=5)[5] for line in CRONTAB if re.match(r"[\d*]", line)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> AloudServer:
    house = AloudServer(tmp_path_factory.mktemp("cron"))
    house.manage("migrate", "--verbosity=0")
    return house


@pytest.mark.parametrize("command", COMMANDS)
def test_every_line_does_its_work_and_says_nothing(house: AloudServer, tmp_path: Path, command: str) -> None:
    for part in ("manage.py", ".venv", "accounts", "voice", "tts_project", "templates", "static"):
        (tmp_path / part).symlink_to(ROOT / part)
    settings = {name: value for name, value in house.env.items() if name != "PATH"}
    (tmp_path / "aloud.env").write_text("".join(f"{name}='{value}'\n" for name, value in settings.items()))
    cron = {**SETTINGS, "ALOUD": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": os.environ["HOME"]}
    done = subprocess.run(
        [SETTINGS["SHELL"], "-c", command], env=cron, cwd="/", capture_output=True, text=True, timeout=100, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert "Error" not in done.stderr
