"""Faults of ours, told to Sentry without a word of what was spoken.

Nothing of Sentry's own looks into requests, variables or other libraries here: no integration is on. What is logged as
an error is reported by its place in the code alone, and the id of its request leads to the line in the log.
"""

from __future__ import annotations

import atexit
import logging
from collections.abc import Mapping
from typing import Any, Final

import sentry_sdk
import structlog
from django.core.exceptions import ImproperlyConfigured
from sentry_sdk.types import Event, Hint
from sentry_sdk.utils import BadDsn, event_from_exception

FLUSH_S: Final = 2.0
"""How long a program that ends waits for what is on its way."""

_OF_AN_EVENT: Final = frozenset(
    {"event_id", "timestamp", "platform", "level", "logger", "message", "tags", "release", "environment", "sdk"}
)
_OF_A_FRAME: Final = frozenset(
    {"filename", "abs_path", "module", "function", "lineno", "pre_context", "context_line", "post_context", "in_app"}
)
"""All that is let through: code and its places. Messages, variables, requests, arguments and breadcrumbs are not."""


def start(dsn: str, release: str, environment: str) -> None:
    """Report faults to ``dsn`` from now on.

    Raises:
        ImproperlyConfigured: it is no such address.
    """
    try:
        sentry_sdk.init(
            dsn,
            release=release,
            environment=environment,
            default_integrations=False,
            auto_enabling_integrations=False,
            auto_session_tracking=False,
            include_local_variables=False,
            max_breadcrumbs=0,
            max_request_body_size="never",
            before_send=scrubbed,
        )
    except BadDsn:
        raise ImproperlyConfigured("SENTRY_DSN is the address of a project, like https://key@host/1.") from None
    atexit.register(sentry_sdk.flush, FLUSH_S)


class Reporter(logging.Handler):
    """Reports what is logged as an error: its name where it is ours, for other libraries write values into theirs."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        """Report one record; Sentry's own troubles are for the log alone."""
        if record.name.startswith("sentry_sdk"):
            return
        ours: Mapping[str, Any] = record.msg if isinstance(record.msg, dict) else {}  # as structlog hands it on
        event, hint = _fault(ours.get("exc_info") or record.exc_info)
        event["level"] = "error"
        event["logger"] = record.name
        event["message"] = str(ours.get("event", record.name))
        event["tags"] = {"request_id": structlog.contextvars.get_contextvars().get("request_id", "")}
        sentry_sdk.capture_event(event, hint)


def scrubbed(event: Event, _hint: Hint) -> Event:
    """What may leave of ``event``."""
    kept: dict[str, Any] = {name: value for name, value in event.items() if name in _OF_AN_EVENT}
    faults = event.get("exception", {}).get("values", [])
    if faults:
        kept["exception"] = {"values": [_place_of(fault) for fault in faults]}
    return kept  # type: ignore[return-value]  # a dict of the same names


def _place_of(fault: Mapping[str, Any]) -> dict[str, Any]:
    """The kind of a fault and where it was: its message may quote what it could not deal with."""
    frames = (fault.get("stacktrace") or {}).get("frames", [])
    kept = [{name: value for name, value in frame.items() if name in _OF_A_FRAME} for frame in frames]
    return {"type": fault.get("type"), "module": fault.get("module"), "stacktrace": {"frames": kept}}


def _fault(logged: Any) -> tuple[Event, Hint]:
    """An event about the exception that was ``logged``, itself or as a tuple, if there was one."""
    if isinstance(logged, BaseException) or (isinstance(logged, tuple) and logged[0] is not None):
        return event_from_exception(logged, sentry_sdk.get_client().options)
    return {}, {}
