"""Flags in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from accounts.features import ALL, Feature
from accounts.flags import features_of
from accounts.models import Flag, User

pytestmark = pytest.mark.django_db

LIST = reverse("admin:accounts_flag_changelist")


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada")


def save(admin: Client, feature: Feature, **form: Any) -> None:
    address = reverse("admin:accounts_flag_change", args=[Flag.objects.get(name=feature).pk])
    assert admin.post(address, {"everyone": "unknown", **form}).status_code == 302


def switch(client: Client, action: str, *features: Feature) -> str:
    chosen = list(Flag.objects.filter(name__in=features).values_list("pk", flat=True))
    return client.post(LIST, {"action": action, "_selected_action": chosen}, follow=True).content.decode()


def listed(admin: Client) -> str:
    return admin.get(LIST).content.decode()


def test_every_feature_has_a_flag(admin: Client) -> None:
    assert all(f">{feature}</a>" in listed(admin) for feature in ALL)


def test_a_flag_is_given_to_users_and_groups(admin: Client, ada: User) -> None:
    eve, testers = User.objects.create_user("eve"), Group.objects.create(name="testers")
    ada.groups.add(testers)
    save(admin, Feature.EXPORT, groups=[testers.pk])
    assert (Feature.EXPORT in features_of(ada), Feature.EXPORT in features_of(eve)) == (True, False)
    save(admin, Feature.EXPORT, users=str(eve.pk))
    assert (Feature.EXPORT in features_of(ada), Feature.EXPORT in features_of(eve)) == (False, True)


def test_flags_are_switched_for_everybody_and_who_did_it_is_written_down(admin: Client, ada: User) -> None:
    assert "Switched off for everybody: export, speech." in switch(admin, "switch_off", Feature.SPEECH, Feature.EXPORT)
    assert features_of(ada) == ALL - {Feature.SPEECH, Feature.EXPORT}
    switch(admin, "switch_on", Feature.SPEECH)
    assert features_of(ada) == ALL - {Feature.EXPORT}
    written = LogEntry.objects.order_by("pk").values_list("user__username", "object_repr", "change_message")
    assert sorted(written[:2]) == [
        ("root", "export", "Switched off for everybody."),
        ("root", "speech", "Switched off for everybody."),
    ]
    assert written[2] == ("root", "speech", "Switched on for everybody.")


def test_who_may_only_look_switches_nothing(ada: User) -> None:
    ada.is_staff = True
    ada.save()
    ada.user_permissions.add(Permission.objects.get(content_type__app_label="accounts", codename="view_flag"))
    client = Client()
    client.force_login(ada)
    assert ">speech</a>" in listed(client)
    switch(client, "switch_off", Feature.SPEECH)
    assert Feature.SPEECH in features_of(ada)


def test_the_list_says_whom_each_is_on_for(admin: Client, ada: User) -> None:
    save(admin, Feature.EXPORT, percent="12.5", staff="on", users=str(ada.pk))
    save(admin, Feature.REALTIME, percent="")
    save(admin, Feature.PREFETCH, authenticated="on")
    page = listed(admin)
    assert '<td class="field-on_for">staff, 12.5 % of all, users: 1</td>' in page
    assert page.count('<td class="field-on_for">nobody</td>') == 1
    assert page.count('<td class="field-on_for">everybody</td>') == 5


def test_a_flag_is_not_deleted_and_only_features_have_one(admin: Client) -> None:
    speech = Flag.objects.get(name=Feature.SPEECH)
    assert admin.post(reverse("admin:accounts_flag_delete", args=[speech.pk]), {"post": "yes"}).status_code == 403
    page = admin.post(reverse("admin:accounts_flag_add"), {"name": "flying", "everyone": "unknown"}).content.decode()
    assert "flying is not one of the available choices" in page


def test_a_flag_that_is_missing_can_be_added(admin: Client, ada: User) -> None:
    Flag.objects.get(name=Feature.SPEECH).delete()
    form = {"name": "speech", "everyone": "false"}
    assert admin.post(reverse("admin:accounts_flag_add"), form).status_code == 302
    assert Feature.SPEECH not in features_of(ada)


def test_switches_and_samples_are_not_offered(admin: Client) -> None:
    page = admin.get(reverse("admin:index")).content.decode()
    assert "waffle" not in page.lower()
