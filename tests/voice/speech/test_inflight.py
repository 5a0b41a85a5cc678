from __future__ import annotations

import asyncio
import contextvars

import pytest

from voice.cache.index import Entry
from voice.domain.audio import AudioFormat
from voice.domain.errors import ProviderUnavailable, SynthesisBroken
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.speech.broadcast import Broadcast
from voice.speech.inflight import InFlight, Job
from voice.speech.relay import Relay

SPOKEN = SpeechRequest("Hello", VoiceId("local", "heart"))
ENTRY = Entry("key", SPOKEN.voice, "", AudioFormat.MP3, "path", 1.5, 3)


class Producer:
    """Speaks once told to; counts how often it was started."""

    def __init__(self) -> None:
        self.starts = 0
        self.go = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self, job: Job[Broadcast]) -> Entry:
        self.starts += 1
        job.tell_found(None)
        job.broadcast.begin(SPOKEN)
        job.broadcast.send(b"a")
        await self.go.wait()
        if self.error is not None:
            raise self.error
        job.broadcast.end()
        return ENTRY


@pytest.fixture
async def producer() -> Producer:
    return Producer()


async def test_the_same_key_is_made_once(producer: Producer) -> None:
    in_flight = InFlight()
    jobs = [in_flight.join_or_start("key", producer, Broadcast) for _ in range(200)]
    producer.go.set()
    assert [joined for _, joined in jobs] == [False] + [True] * 199
    assert await jobs[0][0].making == ENTRY
    assert producer.starts == 1


async def test_other_keys_are_made_beside_it(producer: Producer) -> None:
    in_flight = InFlight()
    in_flight.join_or_start("one", producer, Broadcast)
    _, joined = in_flight.join_or_start("other", producer, Broadcast)
    assert not joined
    producer.go.set()
    await in_flight.settle(5)
    assert producer.starts == 2


async def test_a_job_that_has_ended_is_forgotten(producer: Producer) -> None:
    in_flight = InFlight()
    job, _ = in_flight.join_or_start("key", producer, Broadcast)
    producer.go.set()
    await job.making
    await asyncio.sleep(0)
    assert in_flight.find("key") is None


async def test_it_goes_on_when_the_one_who_started_it_is_cancelled(producer: Producer) -> None:
    in_flight = InFlight()

    async def ask() -> None:
        job, _ = in_flight.join_or_start("key", producer, Broadcast)
        await job.broadcast.ready()
        await asyncio.Event().wait()

    asking = asyncio.create_task(ask())
    job, _ = in_flight.join_or_start("key", producer, Broadcast)
    await asyncio.sleep(0)
    asking.cancel()
    producer.go.set()
    assert await job.making == ENTRY


async def test_a_job_does_not_inherit_the_context_of_the_request_that_started_it(producer: Producer) -> None:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable", default="none")
    seen: list[str] = []

    async def look(job: Job[Broadcast]) -> Entry:
        seen.append(variable.get())
        return await producer(job)

    variable.set("of the request")
    in_flight = InFlight()
    in_flight.join_or_start("key", look, Broadcast)
    producer.go.set()
    await in_flight.settle(5)
    assert seen == ["none"]


async def test_who_asks_how_long_it_is_is_told_when_it_is_made(producer: Producer) -> None:
    in_flight = InFlight()
    told: list[float] = []
    job, _ = in_flight.join_or_start("key", producer, Broadcast)
    job.when_made(told.append)
    producer.go.set()
    await job.making
    await asyncio.sleep(0)
    assert told == [1.5]


async def test_a_failure_counts_for_no_seconds(producer: Producer) -> None:
    in_flight = InFlight()
    told: list[float] = []
    producer.error = ProviderUnavailable("openai", "gone")
    job, _ = in_flight.join_or_start("key", producer, Broadcast)
    job.when_made(told.append)
    producer.go.set()
    await in_flight.settle(5)
    assert told == [0.0]


async def test_a_fault_nobody_foresaw_breaks_the_broadcast_and_is_logged(
    producer: Producer, caplog: pytest.LogCaptureFixture
) -> None:
    in_flight = InFlight()
    producer.error = ZeroDivisionError("a bug")
    job, _ = in_flight.join_or_start("key", producer, Broadcast)
    producer.go.set()
    with pytest.raises(SynthesisBroken):
        async for _chunk in job.broadcast.listen():
            pass
    assert "producer_failed" in caplog.text
    assert in_flight.find("key") is None


async def test_settling_waits_for_what_can_still_be_made(producer: Producer) -> None:
    in_flight = InFlight()
    job, _ = in_flight.join_or_start("key", producer, Broadcast)
    asyncio.get_running_loop().call_soon(producer.go.set)
    await in_flight.settle(5)
    assert job.making.result() == ENTRY


async def test_settling_breaks_off_what_takes_too_long(producer: Producer) -> None:
    in_flight = InFlight()
    job, _ = in_flight.join_or_start("key", producer, Broadcast)
    await in_flight.settle(0.01)
    assert job.making.cancelled()
    with pytest.raises(SynthesisBroken):
        async for _chunk in job.broadcast.listen():
            pass


async def test_everybody_is_told_what_the_cache_had(producer: Producer) -> None:
    in_flight = InFlight()
    job, _ = in_flight.join_or_start("key", producer, Broadcast)
    waiting = [asyncio.create_task(job.found()) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    assert await asyncio.gather(*waiting[1:]) == [None, None]
    producer.go.set()
    await in_flight.settle(5)


async def test_a_job_that_fails_before_it_looked_leaves_nobody_waiting() -> None:
    in_flight = InFlight()

    async def fault(_job: Job[Broadcast]) -> Entry:
        raise ZeroDivisionError

    job, _ = in_flight.join_or_start("key", fault, Broadcast)
    assert await job.found() is None
    with pytest.raises(SynthesisBroken):
        async for _chunk in job.broadcast.listen():
            pass


async def test_who_asks_after_a_failure_does_not_join_it(producer: Producer) -> None:
    in_flight = InFlight()
    failed, _ = in_flight.join_or_start("key", producer, Broadcast)
    failed.broadcast.end(ProviderUnavailable("openai", "gone"))
    again, joined = in_flight.join_or_start("key", producer, Broadcast)
    assert (again is failed, joined) == (False, False)
    producer.go.set()
    await failed.making
    await asyncio.sleep(0)
    assert in_flight.find("key") in (again, None)
    assert await again.making == ENTRY


async def test_who_comes_too_late_to_hear_all_of_it_starts_another_beside_it() -> None:
    in_flight = InFlight()
    go = asyncio.Event()

    async def pass_on(job: Job[Relay]) -> Entry:
        job.tell_found(None)
        job.broadcast.begin(SPOKEN)
        await job.broadcast.send(b"a")
        await go.wait()
        job.broadcast.end()
        return ENTRY

    first, _ = in_flight.join_or_start("key", pass_on, Relay)
    second, joined = in_flight.join_or_start("key", pass_on, Relay)
    assert (second is first, joined) == (True, True)
    await first.broadcast.ready()
    late, joined = in_flight.join_or_start("key", pass_on, Relay)
    assert (late is first, joined) == (False, False)
    asyncio.get_running_loop().call_soon(go.set)
    await in_flight.settle(5)
    assert [job.making.result() for job in (first, late)] == [ENTRY, ENTRY]
    assert in_flight.find("key") is None
