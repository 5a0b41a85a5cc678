"""The two roles of the admin: who looks after speech, and who only looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import Flag, Plan, Quota, User
from voice.models import Speaker, Voice

pytestmark = pytest.mark.django_db

SPEECH = ("accounts", "admin", "voice")
OURS = [model for model in admin.site._registry if model._meta.app_label in SPEECH]
NAMES = [f"{model._meta.app_label}_{model._meta.model_name}" for model in OURS]

ADDED_BY_HAND = {"accounts_apikey", "accounts_plan", "accounts_quota", "voice_alert", "voice_providermodel"} | {
    "voice_speaker",
    "voice_voice",
}
"""What speech admins add; all else is counted, kept or written by the program, or is for superusers."""


def member(role: str) -> Client:
    user = User.objects.create_user(role.replace(" ", "-").lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def looks_after(db: None) -> Client:
    return member("Speech admins")


@pytest.fixture
def looks(db: None) -> Client:
    return member("Speech staff")


@pytest.fixture
def rows(db: None) -> list[Model]:
    """One of each that somebody may be tempted to change."""
    ada = User.objects.create_user("ada")
    voice, _ = Voice.objects.get_or_create(provider="local", name="heart", defaults={"label": "Heart"})
    return [
        ada,
        voice,
        Quota.objects.create(user=ada, characters_per_day=5),
        Plan.objects.create(name="small", label="Small"),
        Flag.objects.get_or_create(name="speech", defaults={"everyone": True})[0],
        Speaker.objects.create(name="Ada", voice=voice),
    ]


def door(row: Model, kind: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{kind}", args=[row.pk])


def facts(rows: list[Model]) -> list[dict[str, Any]]:
    """Everything that is written of them."""
    fresh = [type(row)._default_manager.get(pk=row.pk) for row in rows]
    return [{name: value for name, value in vars(row).items() if name != "_state"} for row in fresh]


@pytest.mark.parametrize("name", NAMES)
def test_both_see_every_list(looks: Client, looks_after: Client, name: str) -> None:
    for client in (looks, looks_after):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_who_only_looks_adds_nothing(looks: Client, name: str) -> None:
    assert looks.get(reverse(f"admin:{name}_add")).status_code == 403
    assert looks.post(reverse(f"admin:{name}_add"), {}).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_who_looks_after_speech_adds_what_is_made_by_hand(looks_after: Client, name: str) -> None:
    assert looks_after.get(reverse(f"admin:{name}_add")).status_code == (200 if name in ADDED_BY_HAND else 403)


def test_who_only_looks_sees_each_row_and_changes_none(looks: Client, rows: list[Model]) -> None:
    before = facts(rows)
    for row in rows:
        shown = looks.get(door(row, "change"))
        assert shown.status_code == 200
        assert 'name="_save"' not in shown.content.decode()
        assert looks.post(door(row, "change"), {"label": "Mine", "name": "mine"}).status_code == 403
        assert looks.post(door(row, "delete"), {"post": "yes"}).status_code == 403
    assert facts(rows) == before


def every_action() -> Iterator[tuple[str, str]]:
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True, is_staff=True)
    for name, model in zip(NAMES, OURS, strict=True):
        for action in admin.site._registry[model].get_actions(request):
            yield name, action


@pytest.mark.parametrize(("name", "action"), list(every_action()))
def test_who_only_looks_is_offered_no_action(looks: Client, rows: list[Model], name: str, action: str) -> None:
    before = facts(rows)
    model = OURS[NAMES.index(name)]
    chosen = list(model._default_manager.values_list("pk", flat=True))
    form = {"action": action, "_selected_action": chosen, "post": "yes", "confirmed": "yes"}
    looks.post(reverse(f"admin:{name}_changelist"), form)
    assert f'<option value="{action}"' not in looks.get(reverse(f"admin:{name}_changelist")).content.decode()
    assert facts(rows) == before
    assert not LogEntry.objects.exists()


def test_what_who_looks_after_speech_does_is_written_down(looks_after: Client, rows: list[Model]) -> None:
    _, voice, quota, *_ = rows
    looks_after.post(door(quota, "change"), {"characters_per_day": "7"})
    chosen = {"action": "switch_off", "_selected_action": [voice.pk]}
    looks_after.post(reverse("admin:voice_voice_changelist"), chosen)
    looks_after.post(door(quota, "delete"), {"post": "yes"})
    assert not Voice.objects.get(pk=voice.pk).enabled
    written = LogEntry.objects.order_by("pk").values_list("user__username", "object_repr", "action_flag")
    assert list(written) == [
        ("speech-admins", "quota of ada", 2),
        ("speech-admins", str(voice), 2),
        ("speech-admins", "quota of ada", 3),
    ]


def test_neither_gives_roles_to_anybody(looks: Client, looks_after: Client) -> None:
    for client in (looks, looks_after):
        assert client.get(reverse("admin:auth_group_changelist")).status_code == 403
        assert client.get(reverse("admin:accounts_user_add")).status_code == 403
