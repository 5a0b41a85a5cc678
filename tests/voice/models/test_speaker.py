from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from voice.models import Speaker, Voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def voice() -> Voice:
    return Voice.objects.create(provider="acme", name="ann", label="Ann", language="en-US")


def test_its_name_is_taken_whatever_its_case(voice: Voice) -> None:
    Speaker.objects.create(name="Ada", voice=voice)
    with pytest.raises(ValidationError, match="There is a speaker of that name"):
        Speaker(name="aDA", voice=voice).full_clean()
    with pytest.raises(IntegrityError):
        Speaker.objects.create(name="ADA", voice=voice)
