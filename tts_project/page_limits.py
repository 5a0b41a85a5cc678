"""The middleware that keeps pages and forms within their limits (accounts/page_limits.py)."""

from __future__ import annotations

from typing import Any, Final

from asgiref.sync import markcoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts import page_limits
from accounts.errors import AccountError
from accounts.rates import Rate
from tts_project.errors import refused
from tts_project.middleware import PROGRAMS, GetResponse

UNCOUNTED: Final = (*PROGRAMS, "/health/", "/metrics")
"""What has limits of its own, and what watches over us."""


class PageLimits:
    """Counts each page and each try at a form by its address, and says how many are left."""

    async_capable = True
    sync_capable = False

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; tell on the way back how the limit stands, unless the view told of one of its own."""
        response = await self._get_response(request)
        rate: Rate | None = getattr(request, "rate", None)
        if rate is not None:
            for name, value in rate.headers.items():
                response.headers.setdefault(name, value)
        return response

    async def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        """Refuse what is too much."""
        if request.path.startswith(UNCOUNTED):
            return None
        try:
            request.rate = await page_limits.take(request)  # type: ignore[attr-defined]  # for the way back
        except AccountError as error:
            return refused(request, error)
        return None
