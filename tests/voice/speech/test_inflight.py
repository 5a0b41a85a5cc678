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
from voice.speech.inflight import InFlight

SPOKEN = SpeechRequest("Hello", VoiceId("local", "heart"))
ENTRY = Entry("key", SPOKEN.voice, "", AudioFormat.MP3, "path", 1.5, 3)


class Producer:
    """Speaks once told to; counts how often it was started."""

    def __init__(self) -> None:
        self.starts = 0
        self.go = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self, broadcast: Broadcast) -> Entry:
        self.starts += 1
        broadcast.begin(SPOKEN)
        broadcast.send(b"a")
        await self.go.wait()
        if self.error is not None:
            raise self.error
        broadcast.end()
        return ENTRY


@pytest.fixture
async def producer() -> Producer:
    return Producer()


async def test_the_same_key_is_made_once(producer: Producer) -> None:
    in_flight = InFlight()
    jobs = [in_flight.join_or_start("key", producer) for _ in range(200)]
    producer.go.set()
    assert [joined for _, joined in jobs] == [False] + [True] * 199
    assert await jobs[0][0].making == ENTRY
    assert producer.starts == 1


async def test_other_keys_are_made_beside_it(producer: Producer) -> None:
    in_flight = InFlight()
    in_flight.join_or_start("one", producer)
    _, joined = in_flight.join_or_start("other", producer)
    assert not joined
    producer.go.set()
    await in_flight.settle(5)
    assert producer.starts == 2


async def test_a_job_that_has_ended_is_forgotten_and_counted(producer: Producer) -> None:
    in_flight = InFlight()
    job, _ = in_flight.join_or_start("key", producer)
    producer.go.set()
    await job.making
    await asyncio.sleep(0)
    assert in_flight.find("key") is None
    assert in_flight.made == 1


async def test_it_goes_on_when_the_one_who_started_it_is_cancelled(producer: Producer) -> None:
    in_flight = InFlight()

    async def ask() -> None:
        job, _ = in_flight.join_or_start("key", producer)
        await job.broadcast.ready()
        await asyncio.Event().wait()

    asking = asyncio.create_task(ask())
    job, _ = in_flight.join_or_start("key", producer)
    await asyncio.sleep(0)
    asking.cancel()
    producer.go.set()
    assert await job.making == ENTRY


async def test_a_job_does_not_inherit_the_context_of_the_request_that_started_it(producer: Producer) -> None:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable", default="none")
    seen: list[str] = []

    async def look(broadcast: Broadcast) -> Entry:
        seen.append(variable.get())
        return await producer(broadcast)

    variable.set("of the request")
    in_flight = InFlight()
    in_flight.join_or_start("key", look)
    producer.go.set()
    await in_flight.settle(5)
    assert seen == ["none"]


async def test_who_asks_how_long_it_is_is_told_when_it_is_made(producer: Producer) -> None:
    in_flight = InFlight()
    told: list[float] = []
    job, _ = in_flight.join_or_start("key", producer)
    job.when_made(told.append)
    producer.go.set()
    await job.making
    await asyncio.sleep(0)
    assert told == [1.5]


async def test_a_failure_counts_for_no_seconds(producer: Producer) -> None:
    in_flight = InFlight()
    told: list[float] = []
    producer.error = ProviderUnavailable("openai", "gone")
    job, _ = in_flight.join_or_start("key", producer)
    job.when_made(told.append)
    producer.go.set()
    await in_flight.settle(5)
    assert told == [0.0]


async def test_a_fault_nobody_foresaw_breaks_the_broadcast_and_is_logged(
    producer: Producer, caplog: pytest.LogCaptureFixture
) -> None:
    in_flight = InFlight()
    producer.error = ZeroDivisionError("a bug")
    job, _ = in_flight.join_or_start("key", producer)
    producer.go.set()
    with pytest.raises(SynthesisBroken):
        async for _chunk in job.broadcast.listen():
            pass
    assert "producer_failed" in caplog.text
    assert in_flight.find("key") is None


async def test_settling_waits_for_what_can_still_be_made(producer: Producer) -> None:
    in_flight = InFlight()
    job, _ = in_flight.join_or_start("key", producer)
    asyncio.get_running_loop().call_soon(producer.go.set)
    await in_flight.settle(5)
    assert job.making.result() == ENTRY


async def test_settling_breaks_off_what_takes_too_long(producer: Producer) -> None:
    in_flight = InFlight()
    job, _ = in_flight.join_or_start("key", producer)
    await in_flight.settle(0.01)
    assert job.making.cancelled()
    with pytest.raises(SynthesisBroken):
        async for _chunk in job.broadcast.listen():
            pass
