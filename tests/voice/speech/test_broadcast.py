from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.domain.errors import ProviderUnavailable, SynthesisBroken
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.speech.broadcast import Broadcast

SPOKEN = SpeechRequest("Hello", VoiceId("local", "heart"))


@pytest.fixture
async def broadcast() -> Broadcast:
    begun = Broadcast()
    begun.begin(SPOKEN)
    return begun


async def heard(broadcast: Broadcast) -> bytes:
    return b"".join([chunk async for chunk in broadcast.listen()])


async def test_everybody_hears_every_chunk(broadcast: Broadcast) -> None:
    listeners = [asyncio.create_task(heard(broadcast)) for _ in range(20)]
    for chunk in (b"a", b"b", b"c"):
        await asyncio.sleep(0)
        broadcast.send(chunk)
    broadcast.end()
    assert await asyncio.gather(*listeners) == [b"abc"] * 20


async def test_who_comes_late_hears_it_from_the_start(broadcast: Broadcast) -> None:
    broadcast.send(b"a")
    late = asyncio.create_task(heard(broadcast))
    await asyncio.sleep(0)
    broadcast.send(b"b")
    broadcast.end()
    assert await late == b"ab"


async def test_who_comes_after_the_end_hears_the_whole(broadcast: Broadcast) -> None:
    broadcast.send(b"a")
    broadcast.end()
    assert await heard(broadcast) == b"a"


async def test_who_leaves_changes_nothing_for_the_others(broadcast: Broadcast) -> None:
    leaving, staying = asyncio.create_task(heard(broadcast)), asyncio.create_task(heard(broadcast))
    broadcast.send(b"a")
    await asyncio.sleep(0)
    leaving.cancel()
    broadcast.send(b"b")
    broadcast.end()
    assert await staying == b"ab"


async def test_it_is_ready_with_the_first_chunk_and_not_before(broadcast: Broadcast) -> None:
    ready = asyncio.create_task(broadcast.ready())
    await asyncio.sleep(0)
    broadcast.send(b"")
    await asyncio.sleep(0)
    assert not ready.done()
    broadcast.send(b"a")
    assert await ready == SPOKEN


async def test_failing_before_the_first_chunk_is_told_to_who_waits() -> None:
    broadcast = Broadcast()
    ready = asyncio.create_task(broadcast.ready())
    await asyncio.sleep(0)
    broadcast.end(ProviderUnavailable("openai", "gone"))
    with pytest.raises(ProviderUnavailable):
        await ready


async def test_failing_later_breaks_what_is_heard(broadcast: Broadcast) -> None:
    broadcast.send(b"a")
    broadcast.end(SynthesisBroken("cut"))
    assert await broadcast.ready() == SPOKEN
    chunks: list[bytes] = []
    with pytest.raises(SynthesisBroken):
        async for chunk in broadcast.listen():
            chunks.append(chunk)  # noqa: PERF401  # what was heard before the break is the point
    assert chunks == [b"a"]


async def test_only_the_first_end_counts(broadcast: Broadcast) -> None:
    broadcast.send(b"a")
    broadcast.end()
    broadcast.end(SynthesisBroken("too late"))
    assert await heard(broadcast) == b"a"


@given(st.lists(st.binary(min_size=1, max_size=5)), st.integers(0, 10))
def test_whenever_somebody_joins_they_hear_the_same(chunks: list[bytes], joins_after: int) -> None:
    async def story() -> bytes:
        broadcast = Broadcast()
        broadcast.begin(SPOKEN)
        listener: asyncio.Task[bytes] | None = None
        for number, chunk in enumerate(chunks):
            if number == joins_after:
                listener = asyncio.create_task(heard(broadcast))
            broadcast.send(chunk)
            await asyncio.sleep(0)
        broadcast.end()
        return await (listener or heard(broadcast))

    assert asyncio.run(story()) == b"".join(chunks)
