from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from tests.vendors.server import FakeVendors
from voice.models import Voice
from voice.providers import catalogue
from voice.providers.catalogue.syncing import Synced, record, sync
from voice.providers.provider import VoiceFacts
from voice.providers.registry import provider

pytestmark = pytest.mark.django_db(transaction=True)

THEN = datetime(2026, 11, 20, tzinfo=UTC)
NOW = THEN + timedelta(days=1)


def facts(*names: str) -> Sequence[VoiceFacts]:
    return [VoiceFacts(name, name.title(), "en-US", "female") for name in names]


def test_what_is_new_is_added() -> None:
    assert record("acme", facts("ann", "bob"), NOW) == Synced("acme", listed=2, added=2)
    ann = Voice.objects.get(provider="acme", name="ann")
    assert (ann.label, ann.language, ann.gender, ann.listed_at) == ("Ann", "en-US", "female", NOW)


def test_what_is_gone_is_marked_and_kept() -> None:
    record("acme", facts("ann", "bob"), THEN)
    assert record("acme", facts("bob"), NOW) == Synced("acme", listed=1, vanished=1)
    assert Voice.objects.get(provider="acme", name="ann").vanished_on == NOW.date()
    assert Voice.objects.get(provider="acme", name="bob").vanished_on is None


def test_what_is_gone_is_told_once_and_keeps_its_day() -> None:
    record("acme", facts("ann", "bob"), THEN)
    record("acme", facts("bob"), NOW)
    assert record("acme", facts("bob"), NOW + timedelta(days=1)).vanished == 0
    assert Voice.objects.get(provider="acme", name="ann").vanished_on == NOW.date()


def test_what_comes_back_can_be_asked_for_again() -> None:
    Voice.objects.create(
        provider="acme", name="ann", label="Ann", language="en", listed_at=THEN, vanished_on=date(2026, 11, 1)
    )
    record("acme", facts("ann"), NOW)
    assert Voice.objects.get(provider="acme", name="ann").vanished_on is None


def test_what_an_admin_wrote_stays() -> None:
    record("acme", facts("ann"), THEN)
    Voice.objects.filter(provider="acme", name="ann").update(label="Annie", enabled=False, gender="neutral")
    record("acme", facts("ann"), NOW)
    ann = Voice.objects.get(provider="acme", name="ann")
    assert (ann.label, ann.enabled, ann.gender) == ("Annie", False, "neutral")


def test_what_was_added_by_hand_is_nobodys_to_take_away() -> None:
    Voice.objects.create(provider="acme", name="secret", label="Ours", language="en")
    record("acme", facts("ann"), NOW)
    assert Voice.objects.get(provider="acme", name="secret").vanished_on is None


def test_other_providers_voices_are_left_alone() -> None:
    record("other", facts("eve"), THEN)
    record("acme", facts("ann"), NOW)
    assert Voice.objects.get(name="eve").vanished_on is None


def test_what_is_told_at_length_is_cut_and_what_cannot_be_asked_for_is_left_out() -> None:
    long = VoiceFacts("ann", "A" * 500, "en-US", "female", "b" * 5000)
    assert record("acme", [long, *facts("x" * 200, "", " bob", "a:b\nc")], NOW).added == 1
    Voice.objects.get(provider="acme", name="ann").full_clean()


async def test_it_asks_the_vendor(vendors: FakeVendors) -> None:
    came = await sync(provider("azure"), NOW)
    await provider("azure").close()
    assert (came.listed, came.added, came.unchanged_because) == (3, 0, "")
    silent = Voice.objects.filter(provider="azure").exclude(vanished_on=None)
    assert await silent.acount() == came.vanished > 0


async def test_the_catalogue_knows_at_once(vendors: FakeVendors, settings: Settings) -> None:
    settings.TTS_PROVIDER = ["azure"]
    await catalogue.fresh()
    await sync(provider("azure"), NOW)
    await provider("azure").close()
    assert len((await catalogue.fresh()).voices("azure")) == 3


@pytest.mark.parametrize(
    ("name", "mischief", "why"),
    [
        ("local", "", "It does not list its voices."),
        ("openai", "", "It lists no voices."),
        ("azure", "500", "It answered 500."),
        ("google", "garbage", "It answered with something else than JSON."),
    ],
)
async def test_a_vendor_that_does_not_tell_changes_nothing(
    vendors: FakeVendors, name: str, mischief: str, why: str
) -> None:
    if mischief:
        vendors.misbehave(name, mischief)
    assert await sync(provider(name), NOW) == Synced(name, unchanged_because=why)
    await provider(name).close()
    assert not await Voice.objects.exclude(vanished_on=None).aexists()


async def test_a_vendor_without_a_key_is_not_asked(vendors: FakeVendors, settings: Settings) -> None:
    settings.AZURE_SPEECH_KEY = ""
    assert (await sync(provider("azure"), NOW)).unchanged_because == "AZURE_SPEECH_KEY is not set."
    assert not vendors.heard


async def test_it_runs_in_no_transaction_of_its_caller(vendors: FakeVendors) -> None:
    """Half a list is no list: either all of it is written down, or nothing."""
    await sync(provider("piper"), NOW)
    await provider("piper").close()
    assert await sync_to_async(Voice.objects.filter(provider="piper", listed_at=NOW).count)() == 3
