"""What is answered when no view did: a page to those who read HTML, the API's shape to everybody else."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views import defaults

from accounts.errors import AccountError
from voice.api.errors import REFUSALS, STATUS, error_body, headers_of, request_id, respond

MINUTE_S: Final = 60


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, as for a host that is not ours."""
    if _reads_html(request):
        return defaults.bad_request(request, exception)
    return _told(request, HTTPStatus.BAD_REQUEST, "bad_request", "The request cannot be understood.")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    if _reads_html(request):
        return defaults.permission_denied(request, exception)
    return _told(request, HTTPStatus.FORBIDDEN, "forbidden", "You may not do this.")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if _reads_html(request):
        return defaults.page_not_found(request, exception)
    return _told(request, HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. What it was is in the log, under the id of the request."""
    if _reads_html(request):
        return defaults.server_error(request)
    return _told(request, HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", "Something went wrong on our side.")


def refused(request: HttpRequest, error: AccountError) -> HttpResponseBase:
    """An account's error: as the API tells it, or as a page that says when to come back."""
    if not _reads_html(request):
        return respond(request, error)
    REFUSALS.labels(error.code).inc()
    status = STATUS[type(error)]
    page = render_to_string(f"{status}.html", {"wait": _in_words(error.retry_after_s or 0)}, request)
    return HttpResponse(page, status=status, headers=headers_of(error))


def _in_words(seconds: float) -> str:
    """A wait, as people say it."""
    if seconds < 2 * MINUTE_S:
        return f"{math.ceil(seconds)} seconds"
    return f"{math.ceil(seconds / MINUTE_S)} minutes"


def _reads_html(request: HttpRequest) -> bool:
    return "text/html" in request.headers.get("Accept", "")


def _told(request: HttpRequest, status: HTTPStatus, code: str, message: str) -> HttpResponse:
    return JsonResponse(error_body(request_id(request), code, message), status=status)
