"""Who asks, by the session of a page."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.core.handlers.asgi import ASGIRequest
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.authentication import CSRFCheck

from accounts.account import Account
from accounts.errors import ForgedRequest, NotSignedIn
from accounts.known import Caller, credentials_of, recent_callers, recognise
from accounts.resolving import account_for


async def account_of_session(request: HttpRequest) -> Account:
    """The account whose page sent ``request``.

    Raises:
        NotSignedIn: it has no session, or one that has ended.
        ForgedRequest: it changes something and lacks the CSRF token of the session's page.
    """
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if session_key is None:
        raise NotSignedIn("Sign in first, or send an API key.")
    proof = _proof(session_key)
    caller = await recent_callers.found(proof, lambda: _caller(request))
    if (reason := _forged_because(request)) is not None:
        raise ForgedRequest(f"Send the CSRF token in X-CSRFToken: {reason}")
    if isinstance(request, ASGIRequest) and request.headers.get("X-CSRFToken"):  # a read without it proves nothing
        recognise(credentials_of(request.scope), proof)
    return caller.account


@sync_to_async
def _caller(request: HttpRequest) -> Caller:
    """Read the session, its user and what they may do, in one visit to the database's thread.

    Raises:
        NotSignedIn: the session has ended.
    """
    if not request.user.is_authenticated:
        raise NotSignedIn("Sign in first, or send an API key.")
    return Caller(account_for(request.user))


@receiver(user_logged_out)
def _forget(request: HttpRequest, **_: object) -> None:
    """Someone who signs out is out at once, in this process; in others within TRUST_S."""
    recent_callers.drop(_proof(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")))


def _proof(session_key: str) -> str:
    """Never what proves a key: a cookie may say anything."""
    return f"session {session_key}"


def _forged_because(request: HttpRequest) -> str | None:
    """Why this may not come from a page of ours; None for requests that only read."""
    check = CSRFCheck(_unreachable)
    check.process_request(request)
    refusal: Any = check.process_view(request, _unreachable, (), {})  # REST framework's gives the reason itself
    return None if refusal is None else str(refusal)


def _unreachable(_request: HttpRequest) -> HttpResponseBase:
    """What the check believes comes after it; only its steps are called."""
    raise AssertionError("a CSRF check passed the request on by itself")
