"""What both WebSocket doors ask first: who it is, whether a page of ours sent them, and whether they may."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from channels.db import aclose_old_connections
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from accounts.account import Account
from accounts.callers import account_of
from accounts.errors import ForgedRequest
from accounts.features import Feature
from voice.api.entry import check_allowed


async def enter_socket(scope: Any, feature: Feature) -> Account:
    """The account that opens the WebSocket of ``scope``, which may use ``feature``.

    It may be asked again while the socket is open: sessions end, and keys are revoked.

    Raises:
        AccountError: nobody's, or somebody's who may not, or a page's that is not ours.
        SpeechDisabled: nobody may.
    """
    request = _handshake(scope)
    await aclose_old_connections()  # nobody looks after them where a request lasts for hours
    account = await account_of(request)
    if not _has_key(request) and not _from_our_pages(request):
        raise ForgedRequest("Open it from a page of ours, or with an API key.")
    check_allowed(account, feature)
    return account


def _handshake(scope: Any) -> HttpRequest:
    """The request a WebSocket begins with, as Django has requests: with its session and its user."""
    scheme = "https" if scope["scheme"] == "wss" else "http"
    request = ASGIRequest({**scope, "type": "http", "method": "GET", "scheme": scheme}, BytesIO())
    SessionMiddleware(_unreachable).process_request(request)
    AuthenticationMiddleware(_unreachable).process_request(request)
    return request


def _has_key(request: HttpRequest) -> bool:
    """Whether it proves itself with a key: no browser sends one by itself, so nobody can be tricked into it."""
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def _from_our_pages(request: HttpRequest) -> bool:
    """Whether Origin names this host, or one of CSRF_TRUSTED_ORIGINS.

    Cookies go along with a WebSocket whichever page opens it, and no CSRF token does: Origin, which no page can leave
    out or change, is all there is. The rule is Django's own for forms.
    """
    check = CsrfViewMiddleware(_unreachable)
    return "Origin" in request.headers and check._origin_verified(request)  # type: ignore[attr-defined]  # noqa: SLF001


def _unreachable(_request: HttpRequest) -> HttpResponseBase:
    """What the middlewares believe comes after them; only their steps are called."""
    raise AssertionError("a middleware passed the handshake on by itself")
