"""Whether a message would be heard at once is known without making it."""

from __future__ import annotations

import pytest

from accounts.account import Account
from accounts.models import User
from tests.vendors.server import FakeVendors
from voice.calls.messages import as_spoken
from voice.calls.readiness import ready_duration_s
from voice.models import CallSession, Message
from voice.speech.speak import speak
from voice.speech.speech import Live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]


@pytest.fixture
def message(user: User) -> Message:
    call = CallSession.objects.create(owner=user)
    return call.messages.create(author=Message.Author.ASSISTANT, text="Hello *there*.")


async def test_it_is_not_ready_until_it_was_made(message: Message, account: Account, vendor: FakeVendors) -> None:
    assert await ready_duration_s(message, account) is None
    assert vendor.heard == []
    speech = await speak(as_spoken(message, account), account)
    assert isinstance(speech, Live)
    entry = await speech.made(10)
    assert entry
    assert await ready_duration_s(message, account) == entry.duration_s > 0


async def test_what_has_no_words_is_never_ready(message: Message, account: Account, vendor: FakeVendors) -> None:
    message.text = "😊"
    assert await ready_duration_s(message, account) is None
    assert vendor.heard == []
