from __future__ import annotations

import asyncio

import pytest
from django.db import DatabaseError

from accounts.write_behind import FLUSH_S, WriteBehind

pytestmark = pytest.mark.django_db(transaction=True)


class Ledger:
    """What was written, and how often."""

    def __init__(self) -> None:
        self.writes: list[dict[str, int]] = []
        self.broken = False

    def write(self, changes: dict[str, int]) -> None:
        if self.broken:
            raise DatabaseError("down")
        self.writes.append(changes)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def behind(ledger: Ledger) -> WriteBehind[str, int]:
    return WriteBehind(ledger.write, lambda before, after: before + after)


async def test_changes_of_one_key_are_added_up_and_written_together(
    behind: WriteBehind[str, int], ledger: Ledger
) -> None:
    for number in (1, 2, 3):
        behind.add("a", number)
    behind.add("b", 1)
    await behind.flush()
    assert ledger.writes == [{"a": 6, "b": 1}]


async def test_nothing_is_written_when_nothing_changed(behind: WriteBehind[str, int], ledger: Ledger) -> None:
    await behind.flush()
    assert ledger.writes == []


async def test_it_writes_by_itself_within_its_time(behind: WriteBehind[str, int], ledger: Ledger) -> None:
    behind.add("a", 1)
    async with asyncio.timeout(FLUSH_S + 5):
        while not ledger.writes:
            await asyncio.sleep(0.02)
    behind.add("a", 1)
    async with asyncio.timeout(FLUSH_S + 5):
        while len(ledger.writes) < 2:
            await asyncio.sleep(0.02)
    assert ledger.writes == [{"a": 1}, {"a": 1}]


async def test_what_could_not_be_written_is_kept_for_the_next_time(
    behind: WriteBehind[str, int], ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    ledger.broken = True
    behind.add("a", 1)
    await behind.flush()
    assert "write_behind_failed" in caplog.text
    ledger.broken = False
    behind.add("a", 2)
    await behind.flush()
    assert ledger.writes == [{"a": 3}]


def test_it_starts_anew_on_another_event_loop(behind: WriteBehind[str, int], ledger: Ledger) -> None:
    async def add_and_leave() -> None:
        behind.add("a", 1)

    async def add_and_flush() -> None:
        behind.add("a", 1)
        await behind.flush()

    asyncio.run(add_and_leave())
    asyncio.run(add_and_flush())
    assert ledger.writes == [{"a": 2}]
