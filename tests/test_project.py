from __future__ import annotations

from importlib.metadata import version

import django
import pytest

from tests.server import ROOT


def test_it_stands_on_the_long_term_release_of_django() -> None:
    assert django.VERSION[:2] == (5, 2)


def test_the_top_level_is_where_people_look_for_it() -> None:
    rooms = ["tts_project", "voice", "accounts", "templates", "static", "tests"]
    assert all((ROOT / room).is_dir() for room in rooms)
    assert all((ROOT / file).is_file() for file in ("manage.py", "pyproject.toml"))


@pytest.mark.parametrize("lock", ["app.txt", "test.txt"])
def test_every_dependency_is_pinned_by_version_and_hash(lock: str) -> None:
    requirements = (ROOT / "requirements" / lock).read_text().replace("\\\n", " ").splitlines()
    pinned = [line for line in requirements if line and not line.lstrip().startswith("#")]
    assert all("==" in line and "--hash=sha256:" in line for line in pinned)


def test_what_is_installed_is_what_is_pinned() -> None:
    requirements = (ROOT / "requirements" / "test.txt").read_text().splitlines()
    pins = dict(line.split(" ")[0].split("==") for line in requirements if line[:1].isalnum())
    assert {name: version(name) for name in pins} == pins
