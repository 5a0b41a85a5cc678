"""Every error an API answers with: one table, one shape.

``{"error": {"code", "message", "request_id", "retry_after"?, "fields"?, "reasons"?, "limit"?, "resets_at"?}}``
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.errors import (
    AccountError,
    BadKey,
    FeatureOff,
    ForgedRequest,
    LimitsUnavailable,
    NotSignedIn,
    ProviderNotAllowed,
    QuotaExceeded,
    TextTooLong,
    Throttled,
    TrialEnded,
)
from voice.api.answers import Answer, json_answer, to_response
from voice.domain.errors import (
    AllProvidersFailed,
    AudioTooLong,
    InvalidRequest,
    NotFound,
    NothingToSay,
    ProviderError,
    SpeechDisabled,
    SpeechError,
    SynthesisBroken,
    UndecodableAudio,
    UnsupportedText,
)

Told: TypeAlias = SpeechError | AccountError
"""The errors that are part of the interface."""

STATUS: Final[Mapping[type[Told], int]] = {
    NothingToSay: 204,
    InvalidRequest: 400,
    TextTooLong: 400,
    NotSignedIn: 401,
    BadKey: 401,
    TrialEnded: 402,
    ForgedRequest: 403,
    FeatureOff: 403,
    ProviderNotAllowed: 403,
    NotFound: 404,
    UnsupportedText: 422,
    AudioTooLong: 422,
    QuotaExceeded: 429,
    Throttled: 429,
    LimitsUnavailable: 503,
    SpeechDisabled: 503,
    AllProvidersFailed: 503,
    SynthesisBroken: 503,
    UndecodableAudio: 503,
}

REFUSALS = Counter("aloud_refusals_total", "Requests that were answered with an error, by its code.", ["code"])

CHALLENGE: Final[Mapping[type[Told], str]] = {NotSignedIn: "Bearer", BadKey: 'Bearer error="invalid_token"'}
"""How to prove who one is (RFC 6750, section 3)."""

NO_CONTENT: Final = 204
SERVER_ERROR: Final = 500


def error_body(request_id: str, code: str, message: str, **more: Any) -> dict[str, Any]:
    """The shape of every error; what is None in ``more`` is left out."""
    told = {name: value for name, value in more.items() if value is not None}
    return {"error": {"code": code, "message": message, "request_id": request_id, **told}}


def error_answer(request_id: str, error: Told) -> Answer:
    """The answer that tells ``error``."""
    if isinstance(error, ProviderError):  # before its first chunk the next one would have been asked
        error = SynthesisBroken("The voice broke off before the end.")
    status = STATUS[type(error)]
    if status == NO_CONTENT:
        return Answer(status, {})
    REFUSALS.labels(error.code).inc()
    body = error_body(
        request_id,
        error.code,
        error.message,
        retry_after=_retry_after(error),
        fields=getattr(error, "fields", None) or None,
        reasons=getattr(error, "reasons", None),
        **_used_up(error),
    )
    return json_answer(body, status, headers_of(error))


def _used_up(error: Told) -> dict[str, str]:
    """Which limit has too little left, and when it starts anew."""
    if not isinstance(error, QuotaExceeded):
        return {}
    return {"limit": error.limit, "resets_at": error.resets_at.isoformat()}


def _retry_after(error: Told) -> int | None:
    wait_s: float | None = getattr(error, "retry_after_s", None)
    return None if wait_s is None else math.ceil(wait_s)


def headers_of(error: Told) -> dict[str, str]:
    """When to come back, how the limit stands that was reached, and what proves who one is."""
    retry_after = _retry_after(error)
    wait = {} if retry_after is None else {"Retry-After": str(retry_after)}
    challenge = {"WWW-Authenticate": CHALLENGE[type(error)]} if type(error) in CHALLENGE else {}
    return wait | challenge | dict(error.rate.headers if isinstance(error, Throttled) else {})


def respond(request: HttpRequest, error: Told) -> HttpResponseBase:
    """The answer that tells ``error``, as Django has it."""
    return to_response(error_answer(request_id(request), error))


def request_id(request: HttpRequest) -> str:
    """The id the middleware gave ``request``."""
    return getattr(request, "id", "")


def from_rest_framework(error: Exception, context: dict[str, Any]) -> HttpResponseBase | None:
    """What REST framework's views answer with: its own errors and ours, in our shape. None for a fault of ours."""
    request: HttpRequest = context["request"]._request  # noqa: SLF001  # REST framework wraps Django's
    if isinstance(error, Told):
        return respond(request, error)
    response = exception_handler(error, context)
    if isinstance(response, Response) and isinstance(error, exceptions.APIException):
        response.data = _body_of(error, request)
    return response


def _body_of(error: exceptions.APIException, request: HttpRequest) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        fields = fields_of(error)
        return error_body(request_id(request), InvalidRequest.code, summary_of(fields), fields=fields)
    code = error.get_codes()
    told = code if isinstance(code, str) else error.default_code
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        told = NotSignedIn.code
    return error_body(request_id(request), told, str(error.detail))


def fields_of(error: exceptions.ValidationError) -> dict[str, str]:
    """Which field is wrong and why, one sentence each."""
    detail: Any = error.detail
    if not isinstance(detail, dict):
        return {"body": _sentence(detail)}
    return {"body" if name == "non_field_errors" else str(name): _sentence(why) for name, why in detail.items()}


def summary_of(fields: Mapping[str, str]) -> str:
    """One sentence for all of them."""
    return " ".join(f"{name}: {why}" for name, why in fields.items())


def _sentence(why: Any) -> str:
    if isinstance(why, dict):
        return " ".join(f"{name}: {_sentence(reason)}" for name, reason in why.items())
    if isinstance(why, list):
        return " ".join(_sentence(reason) for reason in why)
    return str(why)
