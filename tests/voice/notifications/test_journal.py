"""What tabs were told, in order: the order holds however many settle at once, and nothing is told twice."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from voice.models import CallSession, Message, SpokenMessage
from voice.notifications import journal
from voice.notifications.journal import Outcome
from voice.notifications.notify import Notice

pytestmark = pytest.mark.django_db(transaction=True)

READY = Outcome(2.5)
FAILED = Outcome(error={"code": "quota_exceeded", "message": "Nothing is left.", "retry_after": 60})


@pytest.fixture
def call(user: User) -> CallSession:
    return CallSession.objects.create(owner=user)


def being_made(call: CallSession, count: int) -> list[Message]:
    """Replies whose audio this process, called "here", is making."""
    messages = [call.messages.create(author=Message.Author.ASSISTANT, text=f"{n}") for n in range(count)]
    until = timezone.now() + timedelta(minutes=1)
    for message in messages:
        SpokenMessage.objects.create(
            message=message, owner_id=call.owner_id, state="making", worker="here", leased_until=until
        )
    return messages


def told(notices: Sequence[Notice]) -> list[str]:
    return [notice["message_id"] for notice in notices]


def test_what_is_settled_is_told_and_can_be_told_again(call: CallSession) -> None:
    good, bad = being_made(call, 2)
    settled = [journal.settle(good.pk, "here", READY), journal.settle(bad.pk, "here", FAILED)]
    assert [one and one[0] for one in settled] == [call.owner_id] * 2
    first, second = [one[1] for one in settled if one]
    assert first == {
        "type": "audio-ready",
        "message_id": str(good.pk),
        "audio_url": good.audio_url,
        "duration": 2.5,
        "cursor": first["cursor"],
    }
    assert second == {
        "type": "audio-failed",
        "message_id": str(bad.pk),
        "error": FAILED.error,
        "cursor": second["cursor"],
    }
    assert journal.missed(call.owner_id, 0) == [first, second]
    assert journal.missed(call.owner_id, int(first["cursor"])) == [second]
    assert journal.missed(call.owner_id, int(second["cursor"])) == []
    assert journal.missed(call.owner_id + 1, 0) == []


def test_it_is_settled_once_and_by_whom_it_is_leased_to(call: CallSession) -> None:
    (message,) = being_made(call, 1)
    assert journal.settle(message.pk, "there", READY) is None
    assert journal.settle(message.pk, "here", READY) is not None
    assert journal.settle(message.pk, "here", FAILED) is None
    message.delete()
    assert journal.settle(message.pk, "here", READY) is None


def test_a_cursor_does_not_come_again_when_what_had_it_is_deleted(call: CallSession) -> None:
    first, second = being_made(call, 2)
    settled = journal.settle(first.pk, "here", READY)
    assert settled is not None
    seen = int(settled[1]["cursor"])
    first.delete()
    journal.settle(second.pk, "here", READY)
    assert told(journal.missed(call.owner_id, seen)) == [str(second.pk)]


def test_a_clock_that_was_put_back_puts_nothing_before_what_was_told(call: CallSession) -> None:
    first, second = being_made(call, 2)
    journal.settle(first.pk, "here", READY)
    ahead = time.time_ns() // 1000 + 10**12
    SpokenMessage.objects.filter(pk=first.pk).update(cursor=ahead)
    journal.settle(second.pk, "here", READY)
    assert told(journal.missed(call.owner_id, ahead)) == [str(second.pk)]


def test_many_that_settle_at_once_miss_nothing_for_who_reads_meanwhile(call: CallSession) -> None:
    messages = being_made(call, 40)

    def settle(message: Message) -> None:
        journal.settle(message.pk, "here", READY)
        connection.close()

    heard: list[str] = []
    cursor = 0
    with ThreadPoolExecutor(4) as threads:
        settling = [threads.submit(settle, message) for message in messages]
        while len(heard) < len(messages):
            ended = all(one.done() for one in settling)
            news = journal.missed(call.owner_id, cursor)
            heard += told(news)
            cursor = int(news[-1]["cursor"]) if news else cursor
            assert news or not ended, "something was settled behind the reader's back"
    assert sorted(heard) == sorted(str(message.pk) for message in messages)
    cursors = [int(notice["cursor"]) for notice in journal.missed(call.owner_id, 0)]
    assert all(before < after for before, after in pairwise(cursors))
