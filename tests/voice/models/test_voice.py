from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from voice.domain.voice import VoiceId
from voice.models import Voice

pytestmark = pytest.mark.django_db


def voice(provider: str, name: str, **facts: object) -> Voice:
    return Voice(provider=provider, name=name, label=name.title(), language="en-US", **facts)


def test_it_is_asked_for_by_its_provider_and_its_name() -> None:
    assert voice("acme", "ann").voice_id == VoiceId("acme", "ann")


def test_a_provider_has_one_voice_of_a_name() -> None:
    voice("acme", "ann").save()
    voice("other", "ann").save()
    with pytest.raises(IntegrityError):
        voice("acme", "ann").save()


def test_it_falls_back_to_another_voice_of_its_own_provider() -> None:
    ann, bob, stranger = voice("acme", "ann"), voice("acme", "bob"), voice("other", "eve")
    for one in (ann, bob, stranger):
        one.save()
    ann.fallback = bob
    ann.full_clean()
    ann.fallback = stranger
    with pytest.raises(ValidationError, match="a voice of other, not of acme"):
        ann.full_clean()
    ann.fallback = ann
    with pytest.raises(ValidationError, match="stand in for itself"):
        ann.full_clean()
