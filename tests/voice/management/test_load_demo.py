"""The command says how to sign in."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User

pytestmark = pytest.mark.django_db


def said() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue().strip()


def test_it_prints_the_sign_in_each_time() -> None:
    assert said() == said() == "Sign in as demo with the password demo-aloud"


def test_it_does_not_tell_a_password_that_was_changed() -> None:
    said()
    user = User.objects.get(username="demo")
    user.set_password("another")
    user.save()
    assert said() == "Sign in as demo with the password you gave it"
