"""Who is asking, by their session."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.authentication import CSRFCheck

from accounts.account import Account
from accounts.errors import ForgedRequest, NotSignedIn


async def account_of(request: HttpRequest) -> Account:
    """The account ``request`` is made on.

    Raises:
        NotSignedIn: it has no session, or one that has ended.
        ForgedRequest: it changes something and lacks the CSRF token of the session's page.
    """
    user_id = await sync_to_async(_user_id)(request) if request.COOKIES else None
    if user_id is None:
        raise NotSignedIn("Sign in first.")
    if (reason := _forged_because(request)) is not None:
        raise ForgedRequest(f"Send the CSRF token in X-CSRFToken: {reason}")
    return Account(user_id)


def _user_id(request: HttpRequest) -> int | None:
    """Read the session and its user: two queries in one visit to the database's thread."""
    return request.user.pk if request.user.is_authenticated else None


def _forged_because(request: HttpRequest) -> str | None:
    """Why this may not come from a page of ours; None for requests that only read."""
    check = CSRFCheck(_unreachable)
    check.process_request(request)
    refusal: Any = check.process_view(request, _unreachable, (), {})  # REST framework's gives the reason itself
    return None if refusal is None else str(refusal)


def _unreachable(_request: HttpRequest) -> HttpResponseBase:
    """What the check believes comes after it; only its steps are called."""
    raise AssertionError("a CSRF check passed the request on by itself")
