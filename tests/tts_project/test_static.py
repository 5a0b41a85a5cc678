from __future__ import annotations

from pathlib import Path

import pytest
from asgiref.current_thread_executor import CurrentThreadExecutor
from asgiref.sync import AsyncToSync
from pytest_django import Settings

from tests.http import stranger
from tts_project import asgi
from tts_project.static import StaticFiles


@pytest.fixture
def static_root(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two files, served by the application."""
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "plain.css").write_text("a { color: red }")
    (tmp_path / "hashed.0123456789ab.css").write_text("a { color: blue }")
    monkeypatch.setattr(asgi.application, "static", StaticFiles())
    return tmp_path


@pytest.mark.usefixtures("static_root")
async def test_a_file_is_served_without_django() -> None:
    response = await stranger().get("/static/plain.css")
    assert (response.status_code, response.text) == (200, "a { color: red }")
    assert response.headers["Content-Type"].startswith("text/css")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Request-Id" not in response.headers


@pytest.mark.usefixtures("static_root")
async def test_a_name_with_a_hash_may_be_kept_for_ever() -> None:
    assert "immutable" in (await stranger().get("/static/hashed.0123456789ab.css")).headers["Cache-Control"]
    assert "immutable" not in (await stranger().get("/static/plain.css")).headers["Cache-Control"]


async def test_what_other_sites_embed_is_theirs_to_load(static_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (static_root / "embed").mkdir()
    (static_root / "embed" / "aloud.js").write_text("// speech")
    monkeypatch.setattr(asgi.application, "static", StaticFiles())
    served = [await stranger().get(path) for path in ("/static/embed/aloud.js", "/static/plain.css")]
    assert [response.headers.get("Access-Control-Allow-Origin") for response in served] == ["*", None]


@pytest.mark.usefixtures("static_root")
async def test_a_file_that_is_not_there_is_404() -> None:
    assert (await stranger().get("/static/nothing.css")).status_code == 404
    assert (await stranger().get("/static/../settings.py")).status_code == 404


@pytest.mark.usefixtures("static_root")
async def test_what_a_former_request_left_in_the_context_does_no_harm() -> None:
    left_behind = CurrentThreadExecutor(None)
    left_behind._broken = True
    AsyncToSync.executors.current = left_behind
    try:
        assert (await stranger().get("/static/plain.css")).status_code == 200
    finally:
        AsyncToSync.executors.current = None
