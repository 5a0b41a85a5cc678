"""Who is asking, by their session."""

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
from accounts.known import credentials_of, recent_sessions, recognise
from accounts.resolving import account_for


async def account_of(request: HttpRequest) -> Account:
    """The account ``request`` is made on.

    Raises:
        NotSignedIn: it has no session, or one that has ended.
        ForgedRequest: it changes something and lacks the CSRF token of the session's page.
    """
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if session_key is None:
        raise NotSignedIn("Sign in first.")
    account = recent_sessions.get(session_key)
    if account is None:
        account = await _account(request)
        recent_sessions.put(session_key, account)
    if (reason := _forged_because(request)) is not None:
        raise ForgedRequest(f"Send the CSRF token in X-CSRFToken: {reason}")
    if isinstance(request, ASGIRequest) and request.headers.get("X-CSRFToken"):  # a read without it proves nothing
        recognise(credentials_of(request.scope), session_key, account)
    return account


@sync_to_async
def _account(request: HttpRequest) -> Account:
    """Read the session, its user and what they may do, in one visit to the database's thread.

    Raises:
        NotSignedIn: the session has ended.
    """
    if not request.user.is_authenticated:
        raise NotSignedIn("Sign in first.")
    return account_for(request.user)


@receiver(user_logged_out)
def _forget(request: HttpRequest, **_: object) -> None:
    """Someone who signs out is out at once, in this process; in others within TRUST_S."""
    recent_sessions.drop(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))


def _forged_because(request: HttpRequest) -> str | None:
    """Why this may not come from a page of ours; None for requests that only read."""
    check = CSRFCheck(_unreachable)
    check.process_request(request)
    refusal: Any = check.process_view(request, _unreachable, (), {})  # REST framework's gives the reason itself
    return None if refusal is None else str(refusal)


def _unreachable(_request: HttpRequest) -> HttpResponseBase:
    """What the check believes comes after it; only its steps are called."""
    raise AssertionError("a CSRF check passed the request on by itself")
