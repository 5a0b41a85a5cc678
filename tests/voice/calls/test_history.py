"""What was said is kept in order, in pairs, and read back in pages."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from accounts.models import User
from voice.calls import lifecycle
from voice.calls.history import list_messages, record_turn
from voice.models import CallSession, Message


@pytest.fixture
def call(user: User) -> CallSession:
    return CallSession.objects.create(owner=user)


async def test_a_turn_is_a_message_and_its_reply_in_this_order(call: CallSession) -> None:
    said, reply = await record_turn(call, "hello", "hi")
    assert (await list_messages(call)).messages == [said, reply]
    assert (said.author, reply.author) == (Message.Author.USER, Message.Author.ASSISTANT)
    assert said.created_at < reply.created_at


async def test_the_first_thing_said_names_the_conversation(call: CallSession) -> None:
    await record_turn(call, "Which voices are there?", "Four.")
    await record_turn(call, "Really?", "Yes.")
    assert (await lifecycle.find(call.owner_id, call.pk)).title == "Which voices are there?"


async def test_a_name_somebody_gave_stays(call: CallSession) -> None:
    await lifecycle.revise(call, {"title": "Mine"})
    await record_turn(call, "hello", "hi")
    assert (await lifecycle.find(call.owner_id, call.pk)).title == "Mine"


async def test_a_turn_is_kept_whole_or_not_at_all(call: CallSession, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(CallSession, "save", full)
    with pytest.raises(DatabaseError):
        await record_turn(call, "hello", "hi")
    assert not await Message.objects.aexists()


async def test_long_histories_are_read_backwards_in_pages(call: CallSession) -> None:
    for number in range(5):
        await record_turn(call, f"say {number}", f"{number}")
    newest = await list_messages(call, limit=4)
    assert [message.text for message in newest.messages] == ["say 3", "3", "say 4", "4"]
    older = await list_messages(call, newest.earlier, limit=6)
    assert [message.text for message in older.messages] == ["say 0", "0", "say 1", "1", "say 2", "2"]
    assert older.earlier is None


async def test_a_message_of_another_conversation_is_no_place_in_this_one(call: CallSession) -> None:
    other = await CallSession.objects.acreate(owner_id=call.owner_id)
    stranger, _ = await record_turn(other, "hello", "hi")
    await record_turn(call, "hello", "hi")
    assert (await list_messages(call, stranger.pk)).messages == []
