"""What every test stands on: a database file and an audio store of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from pytest_django import Settings

from accounts import throttle
from accounts.account import Account
from accounts.key_uses import key_uses
from accounts.known import known_callers, recent_callers
from accounts.models import User
from accounts.quota import settlements
from accounts.rooms import recent_rooms
from accounts.usage import usages
from tests.postgres import PostgresServer
from tests.s3_server import S3Server
from tests.vendors.environment import point_settings_at
from tests.vendors.server import FakeVendors
from voice.cache.index import recent_entries
from voice.cache.pruning import caretaker
from voice.cache.references import recent_references, references
from voice.cache.store import audio_store
from voice.cache.touches import touches
from voice.calls.pregeneration import pregeneration
from voice.providers import catalogue
from voice.providers.registry import provider
from voice.speech import ledger
from voice.speech.availability import availability
from voice.speech.inflight import in_flight
from voice.speech.probing import probes
from voice.speech.stand_ins import stand_ins

# The gate tries the same examples every time, and a busy machine is no failure: no test asserts how long one takes.
hypothesis.settings.register_profile("gate", deadline=None, derandomize=True)
hypothesis.settings.load_profile("gate")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the object store comes last: it keeps a core half busy for as long as it runs."""
    items.sort(key=lambda item: "s3" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A file rather than shared memory: threads of an async test then lock and wait as they do in production."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        folder = tempfile.mkdtemp(prefix="aloud-test-")
        database.setdefault("TEST", {})["NAME"] = str(Path(folder, f"{os.getpid()}.sqlite3"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL, started when the first test wants one."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """An object store, started when the first test wants one."""
    with S3Server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A fresh database on it, as DATABASE_URL has it."""
    with postgres.database() as url:
        yield url


@pytest.fixture(autouse=True)
def cache_dir(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """An empty folder that audio is kept in for one test."""
    location = tmp_path / "audio"
    keep_audio_in(settings, location)
    yield location
    audio_store.cache_clear()


@pytest.fixture
def bucket(s3: S3Server, settings: Settings, cache_dir: Path) -> str:  # which is undone after it
    """The name of a bucket that audio is kept in for one test."""
    name = s3.new_bucket()
    s3.client().create_bucket(Bucket=name)
    settings.TTS_STORAGE_TIMEOUT = 30.0  # a busy machine is no failure
    keep_audio_in_s3(settings, s3.options(name))
    return name


def keep_audio_in_s3(settings: Settings, options: dict[str, str]) -> None:
    """Store audio there from now on."""
    _keep_audio(settings, "s3", {"BACKEND": "voice.cache.s3.storage.S3AudioStorage", "OPTIONS": options})


def keep_audio_in(settings: Settings, location: Path) -> None:
    """Store audio in ``location`` from now on."""
    audio = {"BACKEND": "voice.cache.storages.AtomicFileStorage", "OPTIONS": {"location": location}}
    _keep_audio(settings, "file", audio)


def _keep_audio(settings: Settings, name: str, audio: dict[str, Any]) -> None:
    """Have TTS_STORAGE be ``name`` and mean ``audio``, in a process that has just begun."""
    settings.TTS_STORAGE = name
    settings.TTS_STORAGES = {**settings.TTS_STORAGES, name: audio}
    settings.STORAGES = {**settings.STORAGES, "audio": audio}
    audio_store.cache_clear()
    caretaker.cache_clear()
    recent_entries.clear()
    recent_references.clear()
    stand_ins.clear()
    recent_rooms.clear()
    recent_callers.clear()
    known_callers.clear()
    catalogue.forget()


@pytest.fixture(autouse=True)
def trusted() -> Iterator[None]:
    """Nothing is held against a provider, or an address, for what they did in another test."""
    caches["limits"].clear()
    yield
    availability.clear()
    throttle.forget()


@pytest.fixture
async def vendors(settings: Settings) -> AsyncIterator[FakeVendors]:
    """Every vendor on loopback, and the settings that lead there."""
    async with FakeVendors() as fake:
        point_settings_at(settings, fake)
        yield fake
        for name in settings.TTS_PROVIDER:
            await provider(name).close()


@pytest.fixture
def vendor(vendors: FakeVendors, settings: Settings) -> FakeVendors:
    """The same, with OpenAI alone in the chain."""
    settings.TTS_PROVIDER = ["openai"]
    return vendors


@pytest.fixture
async def settled() -> AsyncIterator[None]:
    """What a test starts comes to its end within the test's event loop."""
    yield
    await pregeneration.settle(5)
    await in_flight.settle(5)
    await probes.close()
    await touches.flush()
    await references.flush()
    await usages.flush()
    await key_uses.flush()
    await ledger.calls.flush()
    await settlements.flush()


@pytest.fixture
def user(transactional_db: None) -> User:
    """Somebody with an account."""
    return User.objects.create_user("ada", password="analytical")


@pytest.fixture
def account(user: User) -> Account:
    """On whose account a test speaks."""
    return Account(user.pk)
