"""Whether the process lives, and whether it can do its work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from accounts import redis
from accounts.errors import LimitsUnavailable
from voice.providers import catalogue
from voice.providers.registry import chain
from voice.providers.standing import standing

OK: Final = "ok"


async def live(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": OK})


async def ready(_request: HttpRequest) -> JsonResponse:
    """What a request needs is there: ``503`` and the names of what is not. One provider that can speak is enough."""
    checks = {"database": _database, "storage": _storage}
    found = {name: await sync_to_async(_checked)(check) for name, check in checks.items()}
    providers = await _providers()
    healthy = all(found[name] == OK for name in _needed()) and OK in providers.values()
    told = {"status": OK if healthy else "failing", **found, **await _redis(), "providers": providers}
    return JsonResponse(told, status=200 if healthy else 503)


def _needed() -> list[str]:
    """What has to be well.

    An object store is down for every server at once, and each still speaks: to take all of them out of service for it
    would have nobody heard.
    """
    return ["database"] if settings.TTS_STORAGE == "s3" else ["database", "storage"]


def _checked(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, OSError) as error:
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def _storage() -> str:
    storages["audio"].exists("tts-cache/ready")
    return OK


async def _redis() -> dict[str, str]:
    """How Redis is, where there is one.

    Without it nothing new is made, but what was made before still plays: no reason to be taken out of service.
    """
    if not settings.REDIS_URL:
        return {}
    try:
        async with redis.shared() as client:
            await client.ping()
    except LimitsUnavailable:
        return {"redis": "unreachable"}
    return {"redis": OK}


async def _providers() -> dict[str, str]:
    """Each provider of the chain, and why it cannot speak if it cannot.

    One that is left alone after failures counts as able: what it failed at may pass, and a server taken out of service
    for it could not even play what is in the cache.
    """
    known, today = await catalogue.fresh(), timezone.now().date()
    return {one.name: standing(one, known, today).silent_because or OK for one in chain()}
