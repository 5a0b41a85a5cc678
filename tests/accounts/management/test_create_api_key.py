"""The command makes a key, and prints it alone on its last line."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import keys
from accounts.models import ApiKey, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada")


def said(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("create_api_key", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_key_stands_alone_on_the_last_line(ada: User) -> None:
    *told, key = said("ada", "--name", "the bot")
    assert told == ["A key for ada, until it is revoked, for all its owner may use. It is not shown again:"]
    found = keys.find(keys.hash_of(key))
    assert (found.user, found.name, found.features, found.expires_at) == (ada, "the bot", [], None)


def test_it_may_be_for_some_features_and_some_days(ada: User) -> None:
    told, key = said("ada", "--name=the bot", "--feature=speech", "--feature=export", "--days=30")
    found = keys.find(keys.hash_of(key))
    assert found.features == ["export", "speech"]
    assert found.expires_at is not None
    assert abs(found.expires_at - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)
    assert told.startswith(f"A key for ada, until {found.expires_at:%Y-%m-%d}, for export, speech.")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["eve", "--name=bot"], "There is no user eve, or the account is switched off."),
        (["ada", "--name= "], "--name: This field cannot be blank."),
        (["ada", f"--name={'x' * 81}"], "--name: Ensure this value has at most 80 characters"),
        (["ada", "--name=bot", "--feature=flying"], "argument --feature: invalid"),
        (["ada", "--name=bot", "--days=0"], "argument --days: invalid"),
        (["ada", "--name=bot", "--days=soon"], "argument --days: invalid"),
        (["ada"], "the following arguments are required: --name"),
    ],
)
def test_what_cannot_be_meant_makes_no_key(ada: User, arguments: list[str], complaint: str) -> None:
    with pytest.raises(CommandError) as refused:
        said(*arguments)
    assert complaint in str(refused.value)
    assert not ApiKey.objects.exists()


def test_who_was_switched_off_gets_none(ada: User) -> None:
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="switched off"):
        said("ada", "--name=bot")
