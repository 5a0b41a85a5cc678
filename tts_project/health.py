"""Whether the process lives, and whether it can do its work."""

from __future__ import annotations

from collections.abc import Callable

from asgiref.sync import sync_to_async
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from voice.providers.registry import chain


async def live(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


async def ready(_request: HttpRequest) -> JsonResponse:
    """What a request needs is there: ``503`` and the names of what is not."""
    checks = {"database": _database, "storage": _storage, "providers": _providers}
    found = {name: await sync_to_async(_checked)(check) for name, check in checks.items()}
    healthy = all(state == "ok" for state in found.values())
    return JsonResponse({"status": "ok" if healthy else "failing", **found}, status=200 if healthy else 503)


def _checked(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, OSError) as error:
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _storage() -> str:
    storages["audio"].exists("tts-cache/ready")
    return "ok"


def _providers() -> str:
    """One that can speak is enough; the chain steps over the others."""
    reasons = {provider.name: provider.unavailable_because() for provider in chain()}
    if None in reasons.values():
        return "ok"
    return "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
