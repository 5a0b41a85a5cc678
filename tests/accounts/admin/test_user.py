"""People, in the admin."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_user_is_made_with_a_password(admin: Client) -> None:
    form = {"username": "eve", "usable_password": "true", "password1": "long-and-odd-7", "password2": "long-and-odd-7"}
    assert admin.post(reverse("admin:accounts_user_add"), form).status_code == 302
    assert User.objects.get(username="eve").check_password("long-and-odd-7")
