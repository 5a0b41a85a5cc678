"""Conversations start, change and end; nobody finds another's."""

from __future__ import annotations

from uuid import uuid4

import pytest

from accounts.models import User
from voice.calls import lifecycle
from voice.calls.history import record_turn
from voice.domain.errors import InvalidRequest, NotFound
from voice.models import CallSession, Message


async def test_a_conversation_starts_untitled_in_the_default_voice(user: User) -> None:
    call = await lifecycle.start(user.pk)
    assert (call.title, call.voice) == ("New conversation", "")
    assert await lifecycle.find(user.pk, call.pk) == call


async def test_it_can_start_with_a_title_and_a_voice(user: User) -> None:
    call = await lifecycle.start(user.pk, title="Tea", voice="local:heart")
    assert (call.title, call.voice) == ("Tea", "local:heart")


async def test_a_voice_that_does_not_exist_starts_nothing(user: User) -> None:
    with pytest.raises(InvalidRequest):
        await lifecycle.start(user.pk, voice="local:nobody")
    assert not await CallSession.objects.aexists()


async def test_somebody_elses_is_not_found(user: User) -> None:
    call = await lifecycle.start(user.pk)
    with pytest.raises(NotFound):
        await lifecycle.find(user.pk + 1, call.pk)
    with pytest.raises(NotFound):
        await lifecycle.find(user.pk, uuid4())


async def test_a_change_leaves_the_rest(user: User) -> None:
    call = await lifecycle.start(user.pk, title="Tea", voice="local:heart")
    await lifecycle.revise(call, {"title": "Coffee"})
    found = await lifecycle.find(user.pk, call.pk)
    assert (found.title, found.voice) == ("Coffee", "local:heart")
    await lifecycle.revise(call, {"voice": ""})
    found = await lifecycle.find(user.pk, call.pk)
    assert (found.title, found.voice) == ("Coffee", "")


async def test_the_one_used_last_comes_first(user: User) -> None:
    first, second = await lifecycle.start(user.pk, title="first"), await lifecycle.start(user.pk, title="second")
    assert [call.pk for call in (await lifecycle.list_calls(user.pk)).calls] == [second.pk, first.pk]
    await record_turn(first, "hello", "hi")
    assert [call.pk for call in (await lifecycle.list_calls(user.pk)).calls] == [first.pk, second.pk]


async def test_pages_follow_each_other(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "CALLS_A_PAGE", 2)
    started = [await lifecycle.start(user.pk) for _ in range(5)]
    pages = [await lifecycle.list_calls(user.pk, number) for number in (1, 2, 3)]
    assert [call for page in pages for call in page.calls] == started[::-1]
    assert [(page.newer, page.older) for page in pages] == [(None, 2), (1, 3), (2, None)]


async def test_removing_it_removes_what_was_said(user: User) -> None:
    call = await lifecycle.start(user.pk)
    await record_turn(call, "hello", "hi")
    await lifecycle.remove(call)
    assert not await Message.objects.aexists()
