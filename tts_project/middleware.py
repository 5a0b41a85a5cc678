"""The middleware stack, run on the event loop.

Django runs each of its own middlewares in a thread under ASGI, going in and coming out: the default seven take a view
that does nothing from 1.0 to 3.0 ms. These seven do no I/O, so here they run where they are. Only saving a changed
session touches the database; that one step takes a thread.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

import structlog
from asgiref.sync import markcoroutinefunction, sync_to_async
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

REQUEST_ID_HEADER: Final = "X-Request-Id"


class Inline:
    """One of Django's middlewares, its steps called in place instead of in a thread."""

    async_capable = True
    sync_capable = False

    def __init__(self, django: MiddlewareMixin, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.process_request = getattr(django, "process_request", _nothing)
        self.process_response = getattr(django, "process_response", _the_same)
        if hasattr(django, "process_view"):
            self.process_view = _in_place(django.process_view)
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Step in, pass on, step out."""
        early: HttpResponseBase | None = self.process_request(request)
        return await self.finish(request, await self.get_response(request) if early is None else early)

    async def finish(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Step out."""
        finished: HttpResponseBase = self.process_response(request, response)
        return finished


class InlineSessions(Inline):
    """Sessions, which are written to the database only when they were changed."""

    async def finish(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Step out; in a thread when there is something to save."""
        if request.session.modified:
            saved: HttpResponseBase = await sync_to_async(self.process_response)(request, response)
            return saved
        return await super().finish(request, response)


def _nothing(_request: HttpRequest) -> None:
    return None


def _the_same(_request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    return response


def _in_place(step: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    """``step`` as a coroutine function, so that Django does not send it to a thread."""

    async def process_view(*args: Any) -> Any:
        return step(*args)

    return process_view


def _unreachable(_request: HttpRequest) -> HttpResponseBase:
    """What the wrapped middlewares believe comes after them; only their steps are called, never they themselves."""
    raise AssertionError("a wrapped middleware passed the request on by itself")


def _inline(django: type[MiddlewareMixin], kind: type[Inline] = Inline) -> Callable[[GetResponse], Inline]:
    def factory(get_response: GetResponse) -> Inline:
        return kind(django(_unreachable), get_response)

    factory.async_capable = True  # type: ignore[attr-defined]  # how Django asks a middleware factory
    factory.sync_capable = False  # type: ignore[attr-defined]
    return factory


security = _inline(SecurityMiddleware)
content_security_policy = _inline(CSPMiddleware)
sessions = _inline(SessionMiddleware, InlineSessions)
common = _inline(CommonMiddleware)
csrf = _inline(CsrfViewMiddleware)
authentication = _inline(AuthenticationMiddleware)
messages = _inline(MessageMiddleware)
clickjacking = _inline(XFrameOptionsMiddleware)


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
