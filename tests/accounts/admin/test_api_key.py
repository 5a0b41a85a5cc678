"""API keys in the admin."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import keys
from accounts.models import ApiKey, User

pytestmark = pytest.mark.django_db

LIST = reverse("admin:accounts_apikey_changelist")
ADD = reverse("admin:accounts_apikey_add")


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada")


@pytest.fixture
def key(ada: User) -> ApiKey:
    return keys.create(ada, "the bot")[0]


def form(user: User, **more: Any) -> dict[str, Any]:
    return {"user": user.pk, "name": "the bot", "expires_at": "", **more}


def revoke(admin: Client, *rows: ApiKey, **more: str) -> str:
    chosen = {"action": "revoke", "_selected_action": [row.pk for row in rows], **more}
    return admin.post(LIST, chosen, follow=True).content.decode()


def test_a_key_is_shown_once_when_it_is_made_and_kept_as_a_hash(admin: Client, ada: User) -> None:
    answer = admin.post(ADD, form(ada, features=["speech", "export"]))
    shown = re.search(r"<code>(aloud_[0-9a-f]{48})</code>", answer.content.decode())
    assert shown is not None
    assert "no-store" in answer["Cache-Control"]
    assert shown[1][12:] not in str(answer.cookies)
    row = ApiKey.objects.get()
    assert (row.user, row.hash, row.features) == (ada, keys.hash_of(shown[1]), ["speech", "export"])
    change = reverse("admin:accounts_apikey_change", args=[row.pk])
    for again in (LIST, change, reverse("admin:accounts_apikey_history", args=[row.pk]), reverse("admin:index")):
        assert shown[1][12:] not in admin.get(again).content.decode()
    assert shown[1][12:] not in "".join(str(entry.__dict__) for entry in LogEntry.objects.all())


def test_a_key_cannot_be_made_for_what_is_no_feature_nor_for_a_time_that_has_passed(admin: Client, ada: User) -> None:
    wrong = form(ada, features=["flying"], expires_at="2020-01-01T00:00:00")
    page = admin.post(ADD, wrong).content.decode()
    assert "flying is not one of the available choices" in page
    assert "This has passed. To end a key now, revoke it." in page
    assert not ApiKey.objects.exists()


def test_a_key_is_narrowed_but_never_given_to_somebody_else(admin: Client, ada: User, key: ApiKey) -> None:
    eve = User.objects.create_user("eve")
    address = reverse("admin:accounts_apikey_change", args=[key.pk])
    assert admin.post(address, form(eve, features=["speech"])).status_code == 302
    changed = ApiKey.objects.get()
    assert (changed.user, changed.features, changed.hash) == (ada, ["speech"], key.hash)


def test_an_end_that_has_passed_may_stay_as_it_is(admin: Client, ada: User, key: ApiKey) -> None:
    end = timezone.now() - timedelta(days=1)
    ApiKey.objects.update(expires_at=end)
    same = form(ada, name="the old bot", expires_at=f"{end:%Y-%m-%dT%H:%M:%S}")
    assert admin.post(reverse("admin:accounts_apikey_change", args=[key.pk]), same).status_code == 302
    assert ApiKey.objects.get().name == "the old bot"


def test_keys_are_revoked_after_a_question(admin: Client, ada: User, key: ApiKey) -> None:
    other, _ = keys.create(ada, "another")
    question = revoke(admin, key, other)
    assert "stops working at once" in question
    assert f"<li>{key}</li><li>{other}</li>" in question or f"<li>{other}</li><li>{key}</li>" in question
    assert not ApiKey.objects.exclude(revoked_at=None).exists()
    assert "nobody can speak with them any longer" in revoke(admin, key, other, confirmed="Revoke them")
    assert ApiKey.objects.exclude(revoked_at=None).count() == 2


def test_who_revoked_a_key_is_written_down(admin: Client, key: ApiKey) -> None:
    revoke(admin, key, confirmed="Revoke them")
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_repr, entry.change_message) == ("root", str(key), "Revoked.")


def test_a_revoked_key_is_not_asked_about_again_and_cannot_be_changed(admin: Client, ada: User, key: ApiKey) -> None:
    keys.revoke(key)
    assert "There is nothing to do." in revoke(admin, key)
    assert admin.post(reverse("admin:accounts_apikey_change", args=[key.pk]), form(ada)).status_code == 403


def test_who_may_only_look_cannot_revoke(key: ApiKey) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_apikey"))
    client = Client()
    client.force_login(reader)
    assert key.name in client.get(LIST).content.decode()
    revoke(client, key, confirmed="Revoke them")
    assert ApiKey.objects.get().revoked_at is None
    assert client.get(ADD).status_code == 403


def test_the_list_says_what_each_key_is_worth(admin: Client, ada: User, key: ApiKey) -> None:
    now = timezone.now()
    kinds: dict[str, dict[str, Any]] = {
        "gone": {"revoked_at": now},
        "old": {"expires_at": now - timedelta(days=1)},
        "young": {"expires_at": now + timedelta(days=9), "features": ["speech"]},
    }
    for name, columns in kinds.items():
        ApiKey.objects.filter(pk=keys.create(ada, name)[0].pk).update(**columns)
    states = re.findall(r'<td class="field-state">([^<]+)</td>', admin.get(LIST).content.decode())
    assert sorted(states) == sorted(
        [
            "works",
            f"revoked on {now:%Y-%m-%d}",
            f"over since {now - timedelta(days=1):%Y-%m-%d}",
            f"works until {now + timedelta(days=9):%Y-%m-%d}",
        ]
    )
