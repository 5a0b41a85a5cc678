"""API keys: made once, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils import timezone

from accounts.errors import BadKey
from accounts.features import Feature
from accounts.models import ApiKey, User

BEGINNING: Final = "aloud_"
"""What every key begins with, so that whoever finds one, or scans for them, knows what it is."""

SECRET_BYTES: Final = 24
"""Nobody guesses so many. A key therefore needs no slow hash, as a password does, and is found by its hash."""

SHOWN: Final = len(BEGINNING) + 6
"""How much of a key can be read afterwards, to tell it from others."""


def create(
    user: User, name: str, features: Iterable[Feature] = (), expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """A new key of ``user``'s, and what to send as one: it is nowhere else. For a thread of the database's.

    It is good for ``features``, as far as its owner may use them; none: for all its owner may.
    """
    key = ApiKey(user=user, name=name, features=sorted(set(features)), expires_at=expires_at)
    secret = cut(key)
    key.save()
    return key, secret


def cut(key: ApiKey) -> str:
    """Give a ``key`` that is not saved yet its secret; what to send."""
    secret = BEGINNING + secrets.token_hex(SECRET_BYTES)
    key.prefix, key.hash = secret[:SHOWN], hash_of(secret)
    return secret


def hash_of(secret: str) -> str:
    """What stands for a key in the database and in memory."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find(hashed: str) -> ApiKey:
    """The key with this hash, and its owner: one query.

    Raises:
        BadKey: there is none, it was revoked, or its owner has been switched off.
    """
    key = ApiKey.objects.select_related("user__plan").filter(hash=hashed).first()
    if key is None:
        raise BadKey("There is no such API key.")
    if key.revoked_at is not None:
        raise BadKey("This API key has been revoked.")
    if not key.user.is_active:
        raise BadKey("The account of this API key has been switched off.")
    return key


def revoke(key: ApiKey) -> None:
    """Let nobody speak with ``key`` again: at once in this process, in others within seconds. Once is for good."""
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
