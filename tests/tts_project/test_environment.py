from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tts_project import environment as env

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("written", "meant"), [("true", True), ("ON", True), ("0", False), ("No", False), (" yes ", True)]
)
def test_a_switch_is_written_in_any_usual_way(monkeypatch: pytest.MonkeyPatch, written: str, meant: bool) -> None:
    monkeypatch.setenv("SWITCH", written)
    assert env.flag("SWITCH", default=not meant) is meant


def test_what_is_not_set_has_its_default() -> None:
    assert env.whole("NOT_SET", 7) == 7
    assert env.names("NOT_SET", "a, b,,") == ["a", "b"]


@pytest.mark.parametrize("written", ["many", "", "-1", "1.5"])
def test_a_wrong_number_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("TTS_COUNT", written)
    with pytest.raises(ImproperlyConfigured, match="TTS_COUNT"):
        env.whole("TTS_COUNT", 7)


def test_not_a_number_is_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTS_WAIT", "nan")
    with pytest.raises(ImproperlyConfigured, match="TTS_WAIT"):
        env.seconds("TTS_WAIT", 7)


def test_a_word_out_of_a_list_is_refused_with_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTS_KIND", "tape")
    with pytest.raises(ImproperlyConfigured, match="file, memory"):
        env.choice("TTS_KIND", "file", ("file", "memory"))


@pytest.mark.parametrize("written", ["store", "ftp://store", "http://", "http://[::", "http://a:b", "http://me:key@a/"])
def test_what_is_no_address_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("STORE_URL", written)
    with pytest.raises(ImproperlyConfigured, match="STORE_URL is an address"):
        env.address("STORE_URL", "https://a")


def test_an_address_has_no_slash_at_its_end_and_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_URL", "https://store:9000/s3/")
    assert env.address("STORE_URL", "https://a") == "https://store:9000/s3"
    assert env.origin_of("https://store:9000/s3") == "https://store:9000"
    monkeypatch.setenv("STORE_URL", "")
    assert env.address("STORE_URL", "https://a") == "https://a"


@pytest.mark.parametrize(
    "written", ["*", "a.example", "https://a.example/b", "https://me@a", "http://a:b", "http://[::"]
)
def test_what_is_no_origin_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("FRIENDS", written)
    with pytest.raises(ImproperlyConfigured, match="FRIENDS lists origins"):
        env.origins("FRIENDS")


def test_origins_are_as_browsers_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRIENDS", "https://Friend.example:443/, http://a:80, http://[::1]:8000")
    assert env.origins("FRIENDS") == ["https://friend.example", "http://a", "http://[::1]:8000"]
    monkeypatch.setenv("FRIENDS", "")
    assert env.origins("FRIENDS") == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TTS_STORAGE", "tape", "TTS_STORAGE is one of file, s3, memory, off, not 'tape'."),
        ("TTS_STORAGE", "s3", "AWS_STORAGE_BUCKET_NAME is not set, and storage in S3 needs it."),
        ("AWS_S3_ENDPOINT_URL", "store", "AWS_S3_ENDPOINT_URL is an address, like https://host, not 'store'."),
        ("TTS_CACHE_TTL_SECONDS", "soon", "TTS_CACHE_TTL_SECONDS is a number, not 'soon'."),
        ("TTS_ENABLED", "perhaps", "TTS_ENABLED is a switch (true or false), not 'perhaps'."),
        ("TTS_PROVIDER", "gramophone", "TTS_PROVIDER lists one or more of"),
        ("TTS_DEFAULT_VOICE", "local:nobody", "TTS_DEFAULT_VOICE: local has no voice of that name"),
        (
            "METRICS_ALLOW",
            "10.0.0.1/8",
            "METRICS_ALLOW lists addresses and networks, like 10.0.0.0/8: ",
        ),
        (
            "CORS_ALLOWED_ORIGINS",
            "https://a.example,*",
            "CORS_ALLOWED_ORIGINS lists origins, like https://example.com, not '*'.",
        ),
        ("REDIS_URL", "127.0.0.1:6379", "REDIS_URL is not the address of a Redis, like redis://host:6379/0."),
        ("RATE_LIMIT_SIGN_IN", "often", "RATE_LIMIT_SIGN_IN is a number in a time, like 30/m or 5/10m, not 'often'."),
        ("SENTRY_DSN", "nonsense", "SENTRY_DSN is the address of a project, like https://key@host/1."),
        ("DATABASE_URL", "nonsense://", "DATABASE_URL is not a database address, like"),
    ],
)
@pytest.mark.parametrize(
    "start", [["manage.py", "check"], ["-m", "uvicorn", "tts_project.asgi:application", "--port", "0"]]
)
def test_a_wrong_value_stops_the_start_with_one_clear_line(start: list[str], name: str, value: str, told: str) -> None:
    environment = {**os.environ, "TTS_PROVIDER": "local", name: value}
    ended = subprocess.run(
        [sys.executable, *start], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    assert lines[0].startswith(f"Aloud cannot start: {told}")
