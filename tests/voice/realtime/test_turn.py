"""A turn: the assistant is shown what came before, and its reply is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest

from accounts.account import Account
from accounts.models import User
from voice.calls.history import list_messages
from voice.models import CallSession, Message
from voice.realtime import assistant
from voice.realtime.turn import take_turn

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vendor", "settled")]

Shown = list[list[str]]


@pytest.fixture
def call(user: User) -> CallSession:
    return CallSession.objects.create(owner=user)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """The histories an assistant was shown, who counts them."""
    histories: Shown = []

    async def counts(history: Sequence[Message]) -> AsyncIterator[str]:
        histories.append([message.text for message in history])
        yield "number "
        yield str(len(histories))

    monkeypatch.setattr(assistant, "ASSISTANTS", {"demo": counts})
    return histories


async def test_the_reply_is_what_the_assistant_said_piece_by_piece(
    call: CallSession, shown: Shown, account: Account
) -> None:
    message, reply = await take_turn(call, "hello", account)
    assert (message.text, reply.text) == ("hello", "number 1")
    assert (await list_messages(call)).messages == [message, reply]


async def test_the_assistant_is_shown_what_came_before(call: CallSession, shown: Shown, account: Account) -> None:
    await take_turn(call, "one", account)
    await take_turn(call, "two", account)
    assert shown[-1] == ["one", "number 1", "two"]


async def test_without_a_reply_nothing_was_said(
    call: CallSession, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_history: Sequence[Message]) -> AsyncIterator[str]:
        yield "half a"
        raise ConnectionError

    monkeypatch.setattr(assistant, "ASSISTANTS", {"demo": fails})
    with pytest.raises(ConnectionError):
        await take_turn(call, "hello", account)
    assert not await Message.objects.aexists()
