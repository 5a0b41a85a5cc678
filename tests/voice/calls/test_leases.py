"""Which process makes which message's audio: one at a time, and none is forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from voice.calls import leases
from voice.models import CallSession, Message, SpokenMessage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def messages(user: User) -> list[Message]:
    call = CallSession.objects.create(owner=user)
    return [call.messages.create(author=Message.Author.ASSISTANT, text=f"{n}") for n in range(3)]


def left_behind(message: Message, seconds: float = 1, **told: object) -> SpokenMessage:
    """The row of a ``message`` whose lease another process let lapse so long ago."""
    until = timezone.now() - timedelta(seconds=seconds)
    row = {"state": "making", "worker": "gone", "leased_until": until} | told
    return SpokenMessage.objects.create(message=message, owner_id=message.call.owner_id, **row)


def state(message: Message) -> str:
    return SpokenMessage.objects.get(pk=message.pk).state


def test_what_a_process_makes_nobody_takes_over(messages: list[Message], user: User) -> None:
    leases.lease(messages[0], user.pk)
    assert leases.queue(messages, user.pk) == messages[1:]
    assert [state(message) for message in messages] == ["making", "waiting", "waiting"]
    assert leases.take_over() is None


def test_what_was_left_longest_is_taken_first_and_once(messages: list[Message]) -> None:
    for message, seconds in zip(messages, (1, 9, 5), strict=True):
        left_behind(message, seconds)
    taken = [leases.take_over() for _ in range(4)]
    assert [row and row.message for row in taken] == [messages[1], messages[2], messages[0], None]
    assert {row.attempts for row in SpokenMessage.objects.all()} == {2}
    assert {row.worker for row in SpokenMessage.objects.all()} == {leases.WORKER}


def test_of_many_who_look_at_once_each_finds_another(messages: list[Message]) -> None:
    for message in messages:
        left_behind(message)

    def look(_number: int) -> object:
        row = leases.take_over()
        connection.close()
        return row and row.pk

    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(look, range(6)))
    assert sorted(map(str, filter(None, found))) == sorted(str(message.pk) for message in messages)


@pytest.mark.parametrize("ended", ["ready", "failed", "dropped"])
def test_what_has_ended_is_left_alone_until_it_is_asked_for_again(
    messages: list[Message], user: User, ended: str
) -> None:
    left_behind(messages[0], state=ended, attempts=3)
    assert leases.take_over() is None
    assert leases.queue(messages[:1], user.pk) == messages[:1]
    assert SpokenMessage.objects.get().attempts == 1


def test_a_lease_that_is_renewed_does_not_lapse(messages: list[Message], user: User, settings: Settings) -> None:
    settings.TTS_LEASE_SECONDS = -1
    leases.lease(messages[0], user.pk)
    settings.TTS_LEASE_SECONDS = 60
    leases.renew([messages[0].pk])
    assert leases.take_over() is None


def test_what_is_released_is_found_at_once(messages: list[Message], user: User) -> None:
    leases.queue(messages, user.pk)
    leases.release([messages[2].pk])
    row = leases.take_over()
    assert row is not None
    assert row.message == messages[2]


def test_what_is_dropped_is_begun_by_nobody(messages: list[Message], user: User) -> None:
    leases.queue(messages, user.pk)
    leases.drop([message.pk for message in messages[1:]])
    assert [leases.begin(message.pk) for message in messages] == [True, False, False]
    assert [state(message) for message in messages] == ["making", "dropped", "dropped"]


def test_nothing_of_another_process_is_touched(messages: list[Message]) -> None:
    row = left_behind(messages[0])
    for change in (leases.renew, leases.release, leases.drop):
        change([row.pk])
    assert not leases.begin(row.pk)
    row.refresh_from_db()
    assert (row.state, row.worker) == ("making", "gone")
