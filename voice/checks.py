"""What ``manage.py check`` has to say about speech.

An unknown name in TTS_PROVIDER or TTS_DEFAULT_VOICE needs no check: it stops the start (voice/apps.py). What hangs on
rows is told where Django allows a check to read them: by ``check --database default``, and before each ``migrate``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004  # Django's name for it
from django.db import DEFAULT_DB_ALIAS, Error
from django.utils import timezone

from voice.providers import catalogue
from voice.providers.catalogue import rows
from voice.providers.notices import SILENCE, SUNSET, Notice, notices
from voice.providers.registry import chain

_IDS: Final = {SILENCE: "voice.W001", SUNSET: "voice.W002"}


@register()
def check_that_somebody_can_speak(**_: Any) -> list[CheckMessage]:
    """Warn when no provider of the chain has what it needs."""
    return _told(SILENCE, notices(chain(), catalogue.current(), timezone.now().date()))


@register(Tags.database)
def check_last_days(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Warn of models that are about to be switched off; silent where the tables have not been made yet."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        known = rows.refined(chain())
    except Error:
        return []
    return _told(SUNSET, notices(chain(), known, timezone.now().date()))


def _told(kind: str, found: list[Notice]) -> list[CheckMessage]:
    return [Warning(notice.told, hint=notice.hint, id=_IDS[kind]) for notice in found if notice.kind == kind]
