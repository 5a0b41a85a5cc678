"""The middleware stack, run on the event loop.

Django runs each of its own middlewares in a thread under ASGI, going in and coming out: the default seven take a view
that does nothing from 1.0 to 3.0 ms. These do no I/O, so here they run where they are. Only saving a changed
session touches the database; that one step takes a thread.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias, cast

import structlog
from asgiref.sync import sync_to_async
from csp.middleware import CSPMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils.deprecation import MiddlewareMixin

GetResponse: TypeAlias = Callable[[HttpRequest], Awaitable[HttpResponseBase]]

PROGRAMS: Final = ("/tts",)
"""Where answers are sound and JSON, and CSRF is checked with the session (docs/decisions/0004): what protects a page,
redirects a browser or carries a notice to the next page has nothing to do here."""

REQUEST_ID_HEADER: Final = "X-Request-Id"


class InPlace(MiddlewareMixin):
    """What one of Django's middlewares is mixed with to have its steps called where they are instead of in a thread."""

    sync_capable = False
    for_programs = False
    """Whether it has anything to do where no page is asked for."""

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        """Step in, pass on, step out."""
        get_response = cast("GetResponse", self.get_response)
        if not self.for_programs and request.path.startswith(PROGRAMS):
            return await get_response(request)
        early = self.process_request(request)
        return await self.step_out(request, await get_response(request) if early is None else early)

    async def step_out(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Finish the response."""
        return self.finish(request, response)

    def finish(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Call Django's step."""
        finished: HttpResponseBase = self.process_response(request, response)
        return finished

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:  # noqa: ARG002  # Django's signature
        """Nothing, where Django's class has no such step."""
        return None

    def process_response(self, request: HttpRequest, response: Any) -> Any:  # noqa: ARG002  # Django's stubs disagree
        """Nothing, where Django's class has no such step."""
        return response


class Security(SecurityMiddleware, InPlace):
    """Headers that protect."""


class ContentSecurityPolicy(CSPMiddleware, InPlace):
    """What a page may load; sound and JSON load nothing."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the header on pages."""
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page else response


class Common(CommonMiddleware, InPlace):
    """Slashes and lengths."""


class Authentication(AuthenticationMiddleware, InPlace):
    """``request.user``, looked up when somebody asks."""

    for_programs = True


class Messages(MessageMiddleware, InPlace):
    """One-time notices, kept in a cookie here."""


class Clickjacking(XFrameOptionsMiddleware, InPlace):
    """No frames."""


class Csrf(CsrfViewMiddleware, InPlace):
    """Forms come from our own pages."""

    async def process_view(self, *args: Any) -> HttpResponseBase | None:  # type: ignore[override]  # Django takes both
        """The check itself; Django sends a plain method to a thread, a coroutine it awaits."""
        return super().process_view(*args)


class Sessions(SessionMiddleware, InPlace):
    """Sessions, which are written to the database only when they were changed."""

    for_programs = True

    async def step_out(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Save and set the cookie; in a thread when there is something to save."""
        if request.session.modified:
            return await sync_to_async(self.finish)(request, response)
        return await super().step_out(request, response)


def request_id(get_response: GetResponse) -> GetResponse:
    """Give every request an id: on ``request.id``, in its log lines, and in its answer."""

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        request.id = uuid.uuid4().hex  # type: ignore[attr-defined]  # ours; HttpRequest has no such field
        with structlog.contextvars.bound_contextvars(request_id=request.id):  # type: ignore[attr-defined]
            response = await get_response(request)
        response[REQUEST_ID_HEADER] = request.id  # type: ignore[attr-defined]
        return response

    return middleware


request_id.async_capable = True  # type: ignore[attr-defined]
request_id.sync_capable = False  # type: ignore[attr-defined]
