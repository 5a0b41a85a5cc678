"""What is counted goes with its user, and not without."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import DailyUsage, Spending, User, UserAnalytics

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


@pytest.fixture
def ada(db: None) -> User:
    user = User.objects.create_user("ada")
    UserAnalytics.objects.create(user=user, day=DAY)
    Spending.objects.create(user=user, day=DAY, month=DAY)
    DailyUsage.objects.create(user=user, day=DAY, cost_microdollars=5)
    return user


def test_somebody_who_has_listened_can_be_deleted(admin: Client, ada: User) -> None:
    assert admin.post(reverse("admin:accounts_user_delete", args=[ada.pk]), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=ada.pk).exists()
    assert not UserAnalytics.objects.exists()
    assert not Spending.objects.exists()
    row = DailyUsage.objects.get()
    assert (row.user_id, row.cost_microdollars) == (None, 5)


def test_several_can_be_deleted_at_once(admin: Client, ada: User) -> None:
    form = {"action": "delete_selected", "_selected_action": [ada.pk], "post": "yes"}
    assert admin.post(reverse("admin:accounts_user_changelist"), form).status_code == 302
    assert not User.objects.filter(pk=ada.pk).exists()


@pytest.mark.parametrize("table", [UserAnalytics, Spending, DailyUsage])
def test_by_itself_it_is_nobodys_to_delete(admin: Client, ada: User, table: type[Model]) -> None:
    row, model = table._default_manager.get(), table._meta.model_name
    assert admin.post(reverse(f"admin:accounts_{model}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    admin.post(reverse(f"admin:accounts_{model}_changelist"), chosen)
    row.refresh_from_db()
