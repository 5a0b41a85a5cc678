"""What an admin changes is seen at once where it was changed: nobody is believed to be what they were."""

from __future__ import annotations

from collections.abc import Callable

import httpx2 as httpx
import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.account import Account
from accounts.features import Feature
from accounts.known import Caller, recent_callers
from accounts.models import Flag, Plan, Quota, User
from tests.http import signed_in
from tests.vendors.server import FakeVendors

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = {"text": "Hello there", "voice": "openai:alloy"}


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    return signed_in(user)


def off_for_everyone() -> None:
    Flag.objects.update_or_create(name=Feature.SPEECH, defaults={"everyone": False})


def plan_without_speech() -> None:
    Plan.objects.update_or_create(is_default=True, defaults={"name": "exports", "features": [Feature.EXPORT]})


def another_plan() -> None:
    user = User.objects.get()
    user.plan = Plan.objects.create(name="exports", features=[Feature.EXPORT])
    user.save()


@pytest.mark.parametrize("change", [off_for_everyone, plan_without_speech, another_plan])
async def test_a_changed_flag_plan_or_user_bites_at_once(
    client: httpx.AsyncClient, vendor: FakeVendors, change: Callable[[], None]
) -> None:
    assert (await client.post("/tts", json=HELLO)).status_code == 200
    await sync_to_async(change)()
    refused = await client.post("/tts", json=HELLO)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "feature_off")


async def test_who_is_named_or_joins_a_group_that_is_may_at_once(
    client: httpx.AsyncClient, vendor: FakeVendors, user: User
) -> None:
    testers = await Group.objects.acreate(name="testers")
    flag, _ = await Flag.objects.aupdate_or_create(name=Feature.SPEECH, defaults={"everyone": None})
    await flag.groups.aadd(testers)

    async def heard() -> bool:
        return (await client.post("/tts", json=HELLO)).status_code == 200

    assert not await heard()
    await flag.users.aadd(user)
    assert await heard()
    await flag.users.aclear()
    assert not await heard()
    await user.groups.aadd(testers)
    assert await heard()
    await testers.adelete()
    assert not await heard()


def believed() -> bool:
    return recent_callers.get("session of somebody") is not None


@pytest.fixture
def caller(account: Account) -> None:
    recent_callers.put("session of somebody", Caller(account))


@pytest.mark.usefixtures("caller")
def test_a_changed_quota_is_looked_up_at_once(user: User) -> None:
    Quota.objects.create(user=user, characters_per_day=10)
    assert not believed()


@pytest.mark.usefixtures("caller")
def test_a_change_is_noticed_when_it_is_there_for_all_to_see(user: User) -> None:
    """Whoever is looked up before would be believed to be what they were."""
    with transaction.atomic():
        Quota.objects.create(user=user, characters_per_day=10)
        assert believed()
    assert not believed()


@pytest.mark.usefixtures("caller")
def test_a_sign_in_changes_nothing(user: User) -> None:
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    assert believed()
