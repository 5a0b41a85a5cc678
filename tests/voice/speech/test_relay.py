from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.domain.errors import ProviderUnavailable, SynthesisBroken
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.speech.relay import AHEAD_BYTES, Listener, Relay

SPOKEN = SpeechRequest("Hello", VoiceId("local", "heart"))
CHUNK = bytes(AHEAD_BYTES // 4)


@pytest.fixture
async def relay() -> Relay:
    begun = Relay()
    begun.begin(SPOKEN)
    return begun


async def heard(listener: Listener) -> bytes:
    return b"".join([chunk async for chunk in listener])


async def run_dry() -> None:
    """Let everything happen that waits for nothing."""
    for _ in range(20):
        await asyncio.sleep(0)


async def say(relay: Relay, count: int) -> None:
    """``count`` chunks, the end, as a producer does it."""
    async with relay.while_heard():
        for _ in range(count):
            await relay.send(CHUNK)
    relay.end()


async def test_everybody_who_is_there_hears_every_chunk(relay: Relay) -> None:
    listening = [asyncio.create_task(heard(relay.listen())) for _ in range(20)]
    for chunk in (b"a", b"", b"b", b"c"):
        await asyncio.sleep(0)
        await relay.send(chunk)
    relay.end()
    assert await asyncio.gather(*listening) == [b"abc"] * 20


async def test_who_is_there_and_listens_later_hears_it_from_the_start(relay: Relay) -> None:
    listener = relay.listen()
    await relay.send(b"a")
    await relay.send(b"b")
    relay.end()
    assert await heard(listener) == b"ab"


async def test_it_is_open_until_it_begins(relay: Relay) -> None:
    listener = relay.listen()
    before = relay.is_open
    await relay.send(b"a")
    assert (before, relay.is_open) == (True, False)
    await listener.aclose()


async def test_it_is_closed_when_it_has_ended_without_a_chunk(relay: Relay) -> None:
    relay.end(ProviderUnavailable("openai", "gone"))
    assert not relay.is_open


async def test_it_is_ready_with_the_first_chunk_and_not_before(relay: Relay) -> None:
    listener = relay.listen()
    ready = asyncio.create_task(relay.ready())
    await run_dry()
    assert not ready.done()
    await relay.send(b"a")
    assert await ready == SPOKEN
    await listener.aclose()


async def test_failing_before_the_first_chunk_is_told_to_who_waits(relay: Relay) -> None:
    ready = asyncio.create_task(relay.ready())
    await run_dry()
    relay.end(ProviderUnavailable("openai", "gone"))
    with pytest.raises(ProviderUnavailable):
        await ready


async def test_failing_later_breaks_what_is_heard(relay: Relay) -> None:
    listener = relay.listen()
    await relay.send(b"a")
    relay.end(SynthesisBroken("cut"))
    assert await anext(listener) == b"a"
    with pytest.raises(SynthesisBroken):
        await anext(listener)


async def test_the_voice_waits_while_the_slowest_has_too_much_to_hear(relay: Relay) -> None:
    quick, slow = asyncio.create_task(heard(relay.listen())), relay.listen()
    saying = asyncio.create_task(say(relay, 12))
    await run_dry()
    assert AHEAD_BYTES < slow.behind_bytes <= AHEAD_BYTES + len(CHUNK)
    assert not saying.done()
    assert len(await heard(slow)) == 12 * len(CHUNK)
    await saying
    assert len(await quick) == 12 * len(CHUNK)


async def test_the_voice_goes_on_when_the_slowest_leaves(relay: Relay) -> None:
    quick, slow = asyncio.create_task(heard(relay.listen())), relay.listen()
    saying = asyncio.create_task(say(relay, 12))
    await run_dry()
    await slow.aclose()
    await saying
    assert len(await quick) == 12 * len(CHUNK)


async def test_nothing_is_held_that_everybody_has_heard(relay: Relay) -> None:
    listeners = [relay.listen(), relay.listen()]
    for _ in range(3):
        await relay.send(CHUNK)
        assert [len(await anext(listener)) for listener in listeners] == [len(CHUNK)] * 2
    assert [listener.behind_bytes for listener in listeners] == [0, 0]
    for listener in listeners:
        await listener.aclose()


async def test_with_the_last_listener_the_voice_ends_wherever_it_waits(relay: Relay) -> None:
    first, last = relay.listen(), relay.listen()
    closed: list[str] = []

    async def produce() -> str:
        async with relay.while_heard():
            try:
                await relay.send(b"a")
                await asyncio.Event().wait()
            finally:
                closed.append("the provider's call")
        return "gone on behind it"

    producing = asyncio.create_task(produce())
    await run_dry()
    await first.aclose()
    await run_dry()
    assert not producing.done()
    await last.aclose()
    assert await producing == "gone on behind it"
    assert closed == ["the provider's call"]
    assert not relay.is_open


async def test_who_leaves_twice_has_left_once(relay: Relay) -> None:
    leaving, staying = relay.listen(), asyncio.create_task(heard(relay.listen()))
    await leaving.aclose()
    await leaving.aclose()
    await say(relay, 2)
    assert len(await staying) == 2 * len(CHUNK)


async def test_nothing_is_produced_when_all_have_left_before_it_could_begin(relay: Relay) -> None:
    await relay.listen().aclose()
    async with relay.while_heard():
        await asyncio.Event().wait()


async def test_who_leaves_after_the_end_ends_nothing(relay: Relay) -> None:
    listener = relay.listen()
    async with relay.while_heard():
        await relay.send(b"a")
        relay.end()
        await listener.aclose()
        await run_dry()
    assert relay.is_over()


async def test_being_cancelled_is_not_mistaken_for_being_left(relay: Relay) -> None:
    listener = relay.listen()
    saying = asyncio.create_task(say(relay, 12))
    await run_dry()
    saying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await saying
    await listener.aclose()


async def test_a_timeout_of_the_producers_own_is_not_mistaken_for_being_left(relay: Relay) -> None:
    listener = relay.listen()
    with pytest.raises(TimeoutError):
        async with relay.while_heard():
            raise TimeoutError
    relay.end()
    await listener.aclose()


async def test_who_takes_nothing_for_too_long_is_left_behind_and_told_so() -> None:
    relay = Relay(stalled_s=0.01)
    relay.begin(SPOKEN)
    quick, stalled = asyncio.create_task(heard(relay.listen())), relay.listen()
    await say(relay, 12)
    assert len(await quick) == 12 * len(CHUNK)
    with pytest.raises(SynthesisBroken):
        await heard(stalled)


async def test_when_nobody_ever_takes_anything_the_voice_ends() -> None:
    relay = Relay(stalled_s=0.01)
    relay.begin(SPOKEN)
    relay.listen()
    await say(relay, 1_000)


@given(st.lists(st.binary(min_size=1, max_size=5)), st.integers(0, 10))
def test_whenever_somebody_leaves_the_others_hear_the_same(chunks: list[bytes], leaves_after: int) -> None:
    async def story() -> bytes:
        relay = Relay()
        relay.begin(SPOKEN)
        leaving, staying = relay.listen(), asyncio.create_task(heard(relay.listen()))
        for number, chunk in enumerate(chunks):
            if number == leaves_after:
                await leaving.aclose()
            await relay.send(chunk)
            await asyncio.sleep(0)
        relay.end()
        return await staying

    assert asyncio.run(story()) == b"".join(chunks)
