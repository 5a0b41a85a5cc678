"""Addresses with two doors: a page for people, an API for programs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., Awaitable[HttpResponseBase]]


def page_or_api(page: View, api: View) -> Any:
    """Send those who accept HTML, and only ask, to ``page``; everybody else to ``api``."""

    async def choose(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wants_page = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("Accept", "")
        return await (page if wants_page else api)(request, *args, **kwargs)

    choose.csrf_exempt = True  # type: ignore[attr-defined]  # pages here only read; the API checks for itself
    choose.cls = getattr(api, "cls", None)  # type: ignore[attr-defined]  # how the schema finds the API behind it
    choose.initkwargs = {}  # type: ignore[attr-defined]
    return choose
