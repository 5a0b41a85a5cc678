"""Whether somebody is still there, as far as open tabs tell."""

from __future__ import annotations

import asyncio

import pytest

from voice.notifications import presence
from voice.notifications.notify import tell_presence
from voice.notifications.post import post
from voice.notifications.presence import gone


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "GRACE_S", 0.2)


async def waiting_for(user_id: int) -> asyncio.Task[None]:
    """Somebody who waits until ``user_id`` has gone, and has begun to."""
    task = asyncio.create_task(gone(user_id))
    async with post().watch(user_id):
        await asyncio.sleep(0)
    return task


async def test_who_closes_their_last_tab_is_gone() -> None:
    async with post().box(1):
        task = await waiting_for(1)
    async with asyncio.timeout(5):
        await task


async def test_who_loads_the_page_anew_is_not() -> None:
    async with post().box(1):
        task = await waiting_for(1)
    async with post().box(1):
        done, _ = await asyncio.wait({task}, timeout=0.5)
        assert not done
    async with asyncio.timeout(5):
        await task


async def test_nor_is_who_closes_their_last_tab_elsewhere_and_has_one_here() -> None:
    async with post().box(1):
        task = await waiting_for(1)
        await tell_presence(1, here=False)
        done, _ = await asyncio.wait({task}, timeout=0.5)
        assert not done
    async with asyncio.timeout(5):
        await task


async def test_somebody_else_who_leaves_is_nobody() -> None:
    task = await waiting_for(1)
    async with post().box(2):
        pass
    done, _ = await asyncio.wait({task}, timeout=0.4)
    assert not done
    task.cancel()
