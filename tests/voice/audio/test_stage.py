"""Leading a stream through a step."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator

import pytest

from voice.audio.stage import PIECE_BYTES, Chain, through


class Upper:
    """A stage that says what it hears in capitals, a letter late, and remembers in which threads it worked."""

    inline_bytes = 4

    def __init__(self) -> None:
        self.fed: list[int] = []
        self.threads: list[int] = []
        self._held = b""

    def feed(self, chunk: bytes) -> bytes:
        self.fed.append(len(chunk))
        self.threads.append(threading.get_ident())
        heard, self._held = self._held + chunk[:-1], chunk[-1:]
        return heard.upper()

    def finish(self) -> bytes:
        return self._held.upper() + b"."


async def stream(*chunks: bytes) -> AsyncGenerator[bytes, None]:
    for chunk in chunks:
        yield chunk


async def all_of(chunks: AsyncGenerator[bytes, None]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


async def test_every_chunk_goes_through_and_then_the_rest() -> None:
    assert await all_of(through(Upper(), stream(b"ab", b"cd"))) == b"ABCD."


async def test_nothing_is_made_of_nothing() -> None:
    assert await all_of(through(Upper(), stream())) == b""
    assert await all_of(through(Upper(), stream(b""))) == b""


async def test_nothing_empty_comes_out() -> None:
    assert [chunk async for chunk in through(Upper(), stream(b"a", b"b"))] == [b"A", b"B."]


async def test_short_work_stays_in_the_loops_thread_and_longer_work_leaves_it() -> None:
    stage = Upper()
    await all_of(through(stage, stream(b"ab", b"abcdefgh")))
    assert stage.threads[0] == threading.get_ident()
    assert stage.threads[1] != threading.get_ident()


async def test_a_long_chunk_is_worked_on_in_pieces() -> None:
    stage = Upper()
    await all_of(through(stage, stream(b"x" * (2 * PIECE_BYTES + 10))))
    assert stage.fed == [PIECE_BYTES, PIECE_BYTES, 10]


async def test_stages_work_one_behind_the_other_and_finish_in_order() -> None:
    assert await all_of(through(Chain(Upper(), Upper()), stream(b"ab", b"cd"))) == b"ABCD.."


def test_a_chain_is_as_quick_as_its_slowest_stage() -> None:
    quick = Upper()
    quick.inline_bytes = 100
    assert Chain(quick, Upper()).inline_bytes == 4


async def test_what_a_stage_raises_is_raised_and_the_source_is_closed() -> None:
    class Broken(Upper):
        def feed(self, chunk: bytes) -> bytes:
            raise ValueError(chunk)

    source = stream(b"ab", b"cd")
    with pytest.raises(ValueError, match="ab"):
        await all_of(through(Broken(), source))
    assert [chunk async for chunk in source] == []
