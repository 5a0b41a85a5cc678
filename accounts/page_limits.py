"""How often pages may be opened, and sign-in be tried: django-ratelimit, where a millisecond more is no matter."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import structlog
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django_ratelimit.core import get_usage
from redis.exceptions import RedisError

from accounts import redis
from accounts.errors import LimitsUnavailable, Throttled
from accounts.rates import Rate

SIGN_IN: Final[Mapping[str, str]] = {"account_login": "login", "admin:login": "username"}
MAILS: Final[Mapping[str, str]] = {"account_reset_password": "email"}
"""Forms about a certain account, and the field that names it."""

FORMS: Final = frozenset(
    {
        *SIGN_IN,
        *MAILS,
        "account_signup",
        "account_email",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "account_reset_password_from_key",
    }
)
"""Where a password could be guessed, an account be made or a mail be sent."""

log = structlog.get_logger(__name__)


async def take(request: HttpRequest) -> Rate | None:
    """Take one of the address's pages of this minute, or one of its tries at a form; how many are left.

    Pages are shown while they cannot be counted, None then: what was made before still plays on them.

    Raises:
        Throttled: there is none left, or too many were made under the name the form gives.
        LimitsUnavailable: tries cannot be counted.
    """
    tried = request.method == "POST" and _view_of(request) in FORMS
    try:
        return await asyncio.to_thread(_take_try if tried else _take_page, request)
    except RedisError as error:
        log.warning("redis_unreachable", error=type(error).__name__)
        if not tried:
            return None
        told = "Sign-in is closed for a moment: what guards it cannot be reached."
        raise LimitsUnavailable(told, retry_after_s=redis.RETRY_S) from error


def address_of(request: HttpRequest) -> str:
    """Where ``request`` comes from; one address for all who come over a Unix socket without a proxy's word for it."""
    return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104  # an address nobody has


@receiver(user_login_failed)
def _note_failure(request: HttpRequest | None = None, **_: object) -> None:
    """Hold a failure against the name it was tried under, wherever it came from."""
    if request is not None and _view_of(request) in SIGN_IN:
        with suppress(RedisError):  # it was counted by its address, and the next is refused until this can be
            _usage(request, "failures", _name, settings.RATE_LIMIT_SIGN_IN_FAILURES)


def _take_page(request: HttpRequest) -> Rate:
    return _left(_usage(request, "pages", "ip", settings.RATE_LIMIT_PAGES))


def _take_try(request: HttpRequest) -> Rate:
    """Count a try by its address. Mails are counted by who gets them too, and of sign-ins those that fail."""
    rate = _left(_usage(request, "tries", "ip", settings.RATE_LIMIT_SIGN_IN))
    if _view_of(request) in MAILS:
        _left(_usage(request, "mails", _name, settings.RATE_LIMIT_SIGN_IN_FAILURES))
    if _view_of(request) in SIGN_IN:
        _left(_usage(request, "failures", _name, settings.RATE_LIMIT_SIGN_IN_FAILURES, increment=False), asked=1)
    return rate


def _usage(request: HttpRequest, group: str, key: Any, rate: str, *, increment: bool = True) -> dict[str, int]:
    usage: dict[str, int] = get_usage(request, group, key=key, rate=rate, increment=increment)
    return usage


def _left(usage: Mapping[str, int], asked: int = 0) -> Rate:
    """What is left of a limit, if what was counted and what is ``asked`` for are within it.

    Raises:
        Throttled: they are not.
    """
    limit, used, wait_s = usage["limit"], usage["count"] + asked, max(1, usage["time_left"])
    rate = Rate(limit, max(0, limit - used), wait_s)
    if used > limit:
        raise Throttled("Too many tries in a short time.", rate=rate, retry_after_s=wait_s)
    return rate


def _name(_group: str, request: HttpRequest) -> str:
    field = {**SIGN_IN, **MAILS}[_view_of(request)]
    return request.POST.get(field, "").strip().lower()


def _view_of(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
