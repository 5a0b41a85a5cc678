from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connection
from pytest_django import Settings

from voice.domain.voice import VoiceId
from voice.models import Voice
from voice.providers import catalogue
from voice.providers.catalogue.reading import Reader

pytestmark = pytest.mark.django_db(transaction=True)

HEART = VoiceId("local", "heart")


class Database:
    """Counts queries, and fails them when told to."""

    def __init__(self) -> None:
        self.queries = 0
        self.fails = False

    def __call__(self, execute: object, *query: object) -> object:
        self.queries += 1
        if self.fails:
            raise OperationalError("the database is gone")
        return execute(*query)  # type: ignore[operator]


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    """The database as the reading thread sees it."""
    watched = Database()
    # Lambdas: each thread has its own connection, and it is that of the reading one that counts.
    await sync_to_async(lambda: connection.execute_wrappers.append(watched))()
    yield watched
    await sync_to_async(lambda: connection.execute_wrappers.remove(watched))()


@pytest.fixture
def reader() -> Reader:
    return Reader()


def switch_off_heart() -> None:
    facts = {"label": "Heart", "language": "en-US", "gender": "female", "enabled": False}
    Voice.objects.update_or_create(provider="local", name="heart", defaults=facts)


async def test_before_the_first_read_it_is_what_providers_declare(reader: Reader) -> None:
    await sync_to_async(switch_off_heart)()
    known = reader.current().voice(HEART)
    assert known is not None
    assert known.enabled


async def test_it_is_read_when_it_is_first_asked_for(reader: Reader) -> None:
    await sync_to_async(switch_off_heart)()
    known = (await reader.fresh()).voice(HEART)
    assert known is not None
    assert not known.enabled
    assert reader.current() is await reader.fresh()


async def test_a_burst_of_requests_reads_it_once(reader: Reader, database: Database) -> None:
    await asyncio.gather(*(reader.fresh() for _ in range(50)))
    await reader.fresh()
    assert database.queries == 3


async def test_it_is_read_again_once_it_has_expired(reader: Reader, database: Database) -> None:
    first = await reader.fresh()
    reader.expire()
    assert await reader.fresh() is not first
    assert database.queries == 6


async def test_what_is_changed_here_is_seen_here_at_once() -> None:
    await catalogue.fresh()
    await sync_to_async(switch_off_heart)()
    known = (await catalogue.fresh()).voice(HEART)
    assert known is not None
    assert not known.enabled


async def test_another_chain_has_another_catalogue(reader: Reader, settings: Settings) -> None:
    await reader.fresh()
    settings.TTS_PROVIDER = ["openai"]
    assert reader.current().voices("local") == []
    assert (await reader.fresh()).voices("local") == []


async def test_while_the_database_fails_the_last_one_goes_on_serving(
    reader: Reader, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    last = await reader.fresh()
    database.fails = True
    reader.expire()
    assert await reader.fresh() is last
    assert "catalogue_unreadable" in caplog.text
    tried = database.queries
    await asyncio.gather(*(reader.fresh() for _ in range(10)))
    assert database.queries == tried  # for a while nobody tries again


async def test_a_database_that_fails_from_the_start_leaves_what_providers_declare(
    reader: Reader, database: Database
) -> None:
    database.fails = True
    assert (await reader.fresh()).first_voice("local") == HEART
    tried = database.queries
    await reader.fresh()
    assert database.queries == tried
