"""Faults reach Sentry, and not a word of what was spoken does."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
import sentry_sdk
import structlog
from django.core.exceptions import ImproperlyConfigured

from tests.http import sign_in
from tests.processes import wait_until
from tests.sentry_server import SentryServer, sentry_server
from tests.server import AloudServer
from tts_project import sentry

SPOKEN = "Xylophones whisper"
SECRET = "sk-very-secret"


@pytest.fixture
def server() -> Iterator[SentryServer]:
    with sentry_server() as running:
        yield running


@pytest.fixture
def reporting(server: SentryServer) -> Iterator[logging.Logger]:
    """A logger whose errors are reported."""
    sentry.start(server.dsn, "aloud@test", "tests")
    logger, reporter = logging.getLogger("tests.reporting"), sentry.Reporter()
    logger.addHandler(reporter)
    yield logger
    logger.removeHandler(reporter)
    sentry_sdk.init()


def reported(server: SentryServer) -> dict[str, Any]:
    sentry_sdk.flush(5)
    (event,) = server.events()
    return event


def told_of(server: SentryServer, *words: str) -> list[str]:
    """Which of these, and of the words that were spoken, are anywhere in what was sent."""
    assert server.envelopes
    return [word for word in (*SPOKEN.split(), *words) if any(word.encode() in sent for sent in server.envelopes)]


def say(text: str) -> None:
    """Fail with the text in a variable, in the message, and in the message of the cause."""
    words = text.split()
    try:
        int(words[0])
    except ValueError as error:
        raise LookupError(f"no voice for {words}") from error


def places(event: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault["type"], fault["stacktrace"]["frames"][-1]["function"]) for fault in event["exception"]["values"]]


def test_a_fault_is_reported_by_its_kind_and_its_place(reporting: logging.Logger, server: SentryServer) -> None:
    try:
        say(SPOKEN)
    except LookupError:
        reporting.exception("could not say %r with %s", SPOKEN, SECRET, extra={"text": SPOKEN})
    event = reported(server)
    assert places(event) == [("ValueError", "say"), ("LookupError", "say")]
    assert (event["logger"], event["message"], event["level"]) == ("tests.reporting", "tests.reporting", "error")
    assert (event["release"], event["environment"]) == ("aloud@test", "tests")


def test_no_word_and_no_secret_is_in_it(reporting: logging.Logger, server: SentryServer) -> None:
    sentry_sdk.add_breadcrumb(message=SPOKEN)
    sentry_sdk.set_extra("text", SPOKEN)
    sentry_sdk.set_user({"username": SPOKEN})
    sentry_sdk.set_context("request", {"data": SPOKEN})
    try:
        say(SPOKEN)
    except LookupError:
        reporting.exception("could not say %r with %s", SPOKEN, SECRET, extra={"text": SPOKEN})
    event = reported(server)
    assert told_of(server, SECRET) == []
    assert not {"breadcrumbs", "request", "user", "extra", "contexts", "logentry"} & set(event)
    frames = [frame for fault in event["exception"]["values"] for frame in fault["stacktrace"]["frames"]]
    assert frames
    assert not any("vars" in frame for frame in frames)


def test_an_event_of_ours_is_reported_under_its_name_and_request(
    reporting: logging.Logger, server: SentryServer
) -> None:
    log = structlog.get_logger("tests.reporting")
    with structlog.contextvars.bound_contextvars(request_id="0123abcd"):
        log.error("producer_failed", exc_info=ValueError(SPOKEN), text=SPOKEN)
    event = reported(server)
    assert (event["message"], event["tags"]) == ("producer_failed", {"request_id": "0123abcd"})
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert told_of(server) == []


async def test_what_a_lost_task_held_is_not_in_it(reporting: logging.Logger, server: SentryServer) -> None:
    async def fail() -> None:
        raise LookupError(SPOKEN)

    lost = asyncio.create_task(fail())
    await asyncio.wait({lost})
    reporting.error("Task exception was never retrieved\n%r", lost, exc_info=lost.exception())
    assert reported(server)["exception"]["values"][0]["type"] == "LookupError"
    assert told_of(server) == []


def test_a_warning_is_no_fault(reporting: logging.Logger, server: SentryServer) -> None:
    reporting.warning("provider_failed")
    sentry_sdk.flush(5)
    assert server.envelopes == []


def test_an_address_that_is_none_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN is the address of a project"):
        sentry.start("nonsense", "aloud@test", "tests")


async def test_a_fault_of_the_real_server_is_reported_without_the_text_it_was_about(
    server: SentryServer, tmp_path: Path
) -> None:
    with AloudServer(tmp_path, SENTRY_DSN=server.dsn) as aloud:
        with closing(sqlite3.connect(aloud.database, timeout=20)) as database, database:
            database.execute("DROP TABLE voice_audioreference")
            database.execute("DROP TABLE voice_message")
        asked = {"text": SPOKEN, "message_id": "a10adde0-0000-4000-8000-000000000001"}
        async with httpx.AsyncClient(base_url=aloud.url, timeout=30) as client:
            await sign_in(client)
            answer = await client.post("/tts?token=of-nobody", json=asked)
        assert answer.status_code == 500
        event = wait_until(lambda: next(iter(server.events()), None), 10, "the event")
    assert event["logger"] == "django.request"
    assert event["exception"]["values"][-1]["type"] == "OperationalError"
    assert event["tags"] == {"request_id": answer.headers["X-Request-Id"]}
    assert told_of(server, "of-nobody", "a10adde0", client.headers["X-CSRFToken"], "sessionid=") == []
