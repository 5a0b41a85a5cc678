"""The demo is made once, and shows what the voice can do."""

from __future__ import annotations

import pytest

from accounts.models import User
from voice.calls import demo
from voice.models import CallSession, Message

pytestmark = pytest.mark.django_db


def spoken_texts() -> list[str]:
    return list(Message.objects.filter(author=Message.Author.ASSISTANT).values_list("text", flat=True))


def test_it_makes_a_user_and_a_conversation() -> None:
    user = demo.load()
    assert user.check_password("demo-aloud")
    assert not user.is_staff
    assert CallSession.objects.get().owner == user


def test_the_replies_show_money_dates_abbreviations_markdown_and_brevity() -> None:
    demo.load()
    texts = spoken_texts()
    assert len(texts) >= 3
    assert any("Dr. Smith paid $3.50 on Jan. 5th, 2026" in text for text in texts)
    assert any("](https://" in text and "1. " in text and "`" in text for text in texts)
    assert min(map(len, texts)) < 50


def test_loading_it_again_changes_nothing() -> None:
    demo.load()
    before = list(Message.objects.values_list("pk", "text"))
    demo.load()
    assert list(Message.objects.values_list("pk", "text")) == before
    assert User.objects.count() == CallSession.objects.count() == 1


def test_it_keeps_what_its_user_did() -> None:
    user = demo.load()
    user.set_password("my own password")
    user.save()
    call = CallSession.objects.get()
    call.title = "Renamed"
    call.save()
    call.messages.create(author=Message.Author.USER, text="mine")
    assert demo.load().check_password("my own password")
    assert CallSession.objects.get().title == "Renamed"
    assert call.messages.filter(text="mine").exists()
