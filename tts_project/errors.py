"""What is answered when no view did: a page to those who read HTML, the API's shape to everybody else."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from voice.api.errors import error_body, request_id


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


def _reads_html(request: HttpRequest) -> bool:
    return "text/html" in request.headers.get("Accept", "")


def _told(request: HttpRequest, status: HTTPStatus, code: str, message: str) -> HttpResponse:
    return JsonResponse(error_body(request_id(request), code, message), status=status)
