from __future__ import annotations

import re
from hashlib import sha256

import pytest
from django.utils import timezone

from accounts import keys
from accounts.errors import BadKey
from accounts.features import Feature
from accounts.models import ApiKey, User

pytestmark = pytest.mark.django_db


def test_a_key_says_what_it_is_and_is_too_long_to_guess(user: User) -> None:
    _, secret = keys.create(user, "the bot")
    assert re.fullmatch(r"aloud_[0-9a-f]{48}", secret)
    assert keys.create(user, "another")[1] != secret


def test_only_its_beginning_and_its_hash_are_kept(user: User) -> None:
    made, secret = keys.create(user, "the bot")
    row = ApiKey.objects.filter(pk=made.pk).values().get()
    assert row["prefix"] == secret[:12]
    assert row["hash"] == sha256(secret.encode()).hexdigest()
    assert not [column for column, value in row.items() if secret[12:] in str(value)]


def test_it_is_found_by_its_hash_with_its_owner(user: User) -> None:
    made, secret = keys.create(user, "the bot", [Feature.SPEECH, Feature.EXPORT, Feature.SPEECH])
    found = keys.find(keys.hash_of(secret))
    assert (found.pk, found.user, found.features) == (made.pk, user, ["export", "speech"])


def test_it_is_revoked_once_and_for_good(user: User) -> None:
    made, secret = keys.create(user, "the bot")
    before = timezone.now()
    keys.revoke(made)
    first = ApiKey.objects.get().revoked_at
    assert first is not None
    assert before <= first <= timezone.now()
    keys.revoke(made)
    assert ApiKey.objects.get().revoked_at == first
    with pytest.raises(BadKey, match="revoked"):
        keys.find(keys.hash_of(secret))
