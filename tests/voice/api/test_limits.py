"""Limits as a caller meets them: over HTTP, with their headers, through both doors of ``POST /tts``."""

from __future__ import annotations

from datetime import datetime, time
from uuid import uuid4

import httpx2 as httpx
import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from pytest_django import Settings

from accounts import throttle
from accounts.known import forget_everybody
from accounts.models import Plan, Quota, User
from tests.http import JSON, signed_in
from tests.vendors.server import FakeVendors
from voice.models import CallSession
from voice.speech.inflight import in_flight

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = {"text": "Hello there", "voice": "openai:alloy"}
BYE = {"text": "Good bye", "voice": "openai:alloy"}


async def ask(client: httpx.AsyncClient, body: dict[str, str], **headers: str) -> httpx.Response:
    return await client.post("/tts", json=body, headers=headers)


@pytest.fixture(autouse=True)
def full_buckets() -> None:
    throttle.forget()


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    return signed_in(user)


async def limit(user: User, **limits: object) -> None:
    await Quota.objects.aupdate_or_create(user=user, defaults=limits)


def error_of(answer: httpx.Response) -> dict[str, object]:
    told: dict[str, object] = answer.json()["error"]
    return told


async def test_what_is_made_says_how_the_limit_stands_and_what_is_there_does_not(
    vendor: FakeVendors, user: User, client: httpx.AsyncClient
) -> None:
    await limit(user, requests_per_minute=5)
    made = await ask(client, HELLO)
    assert (made.headers["X-RateLimit-Limit"], made.headers["X-RateLimit-Remaining"]) == ("5", "4")
    assert 0 < int(made.headers["X-RateLimit-Reset"]) <= 60
    await in_flight.settle(5)
    hit = await ask(client, HELLO)
    assert hit.headers["X-Cache"] == "hit"
    assert "X-RateLimit-Limit" not in hit.headers


async def test_one_too_many_in_a_minute_is_told_when_to_come_back(
    vendor: FakeVendors, user: User, client: httpx.AsyncClient
) -> None:
    await limit(user, requests_per_minute=1)
    assert (await ask(client, HELLO)).status_code == 200
    refused = await ask(client, BYE)
    assert refused.status_code == 429
    assert error_of(refused)["code"] == "throttled"
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert error_of(refused)["retry_after"] == int(refused.headers["Retry-After"])


@pytest.mark.parametrize("headers", [{}, JSON], ids=["audio", "JSON"])
async def test_a_quota_that_is_used_up_is_told_by_name(
    vendor: FakeVendors, user: User, client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await limit(user, characters_per_day=5)
    for _ in range(2):  # the second comes in ahead of Django
        refused = await ask(client, HELLO, **headers)
        assert refused.status_code == 429
        error = error_of(refused)
        assert error["code"] == "quota_exceeded"
        assert error["limit"] == "characters_per_day"
        assert datetime.fromisoformat(str(error["resets_at"])).time() == time()
        assert int(refused.headers["Retry-After"]) > 0
    assert vendor.heard == []


async def test_a_message_is_refused_like_any_other_text(
    vendor: FakeVendors, user: User, client: httpx.AsyncClient
) -> None:
    await limit(user, characters_per_day=5)
    call = await CallSession.objects.acreate(owner=user, voice="openai:alloy")
    message = await call.messages.acreate(author="assistant", text="Hello there")
    refused = await client.get(message.audio_url)
    assert (refused.status_code, error_of(refused)["code"]) == (429, "quota_exceeded")


async def test_a_trial_that_is_over_asks_for_payment(
    vendor: FakeVendors, user: User, client: httpx.AsyncClient
) -> None:
    user.plan = await Plan.objects.acreate(name="taste", label="Taste", trial_messages=1)
    await user.asave()
    assert (await ask(client, HELLO)).status_code == 200
    await in_flight.settle(5)
    refused = await ask(client, BYE)
    assert (refused.status_code, error_of(refused)["code"]) == (402, "trial_ended")
    assert (await ask(client, HELLO)).headers["X-Cache"] == "hit"


async def test_a_plan_bounds_texts_and_providers(vendor: FakeVendors, user: User, client: httpx.AsyncClient) -> None:
    user.plan = await Plan.objects.acreate(name="small", label="Small", max_characters=9, providers=["openai"])
    await user.asave()
    long = await ask(client, HELLO)
    assert (long.status_code, error_of(long)["code"]) == (400, "text_too_long")
    assert "At most 9 characters" in str(error_of(long)["fields"])
    assert (await ask(client, BYE)).status_code == 200


async def test_the_plan_decides_who_speaks_by_default(
    vendors: FakeVendors, user: User, client: httpx.AsyncClient, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["openai", "azure"]
    user.plan = await Plan.objects.acreate(name="small", label="Small", providers=["azure"])
    await user.asave()
    assert (await ask(client, {"text": "Hello"})).headers["X-Provider"] == "azure"
    refused = await ask(client, HELLO)
    assert (refused.status_code, error_of(refused)["code"]) == (403, "provider_not_allowed")


async def test_a_room_of_ones_own_has_its_own_quota(vendor: FakeVendors, user: User, client: httpx.AsyncClient) -> None:
    call = await CallSession.objects.acreate(owner=user)
    await Quota.objects.acreate(room=str(call.pk), characters_per_day=5)
    for _ in range(2):
        refused = await ask(client, {**HELLO, "room": str(call.pk)})
        assert (refused.status_code, error_of(refused)["code"]) == (429, "quota_exceeded")
        assert "This conversation" in str(error_of(refused)["message"])
    assert (await ask(client, HELLO)).status_code == 200


async def test_somebody_elses_room_is_not_there(vendor: FakeVendors, user: User, client: httpx.AsyncClient) -> None:
    other = await User.objects.acreate(username="bob")
    call = await CallSession.objects.acreate(owner=other)
    for room in (str(call.pk), str(uuid4())):
        assert (await ask(client, {**HELLO, "room": room})).status_code == 404


async def test_what_was_made_plays_when_everything_else_is_gone(
    vendor: FakeVendors, user: User, client: httpx.AsyncClient, settings: Settings
) -> None:
    """The provider fails, the balance is spent, quota store and Redis cannot be reached: a hit needs none of them."""
    call = await CallSession.objects.acreate(owner=user, voice="openai:alloy")
    message = await call.messages.acreate(author="assistant", text="Hello there")
    address = (await ask(client, HELLO, **JSON)).json()["audio_url"]
    await limit(user, characters_per_day=0, money_per_month=0, requests_per_minute=1)
    forget_everybody()
    vendor.misbehave("openai", "500")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    await sync_to_async(rename)("accounts_spending", "gone")
    try:
        for _ in range(2):
            assert (await ask(client, HELLO)).headers["X-Cache"] == "hit"
        assert (await client.get(message.audio_url)).headers["X-Cache"] == "hit"
        assert (await client.get(address)).status_code == 200
        refused = await ask(client, BYE)
        assert (refused.status_code, error_of(refused)["code"]) == (503, "limits_unavailable")
        assert int(refused.headers["Retry-After"]) > 0
    finally:
        await sync_to_async(rename)("gone", "accounts_spending")


def rename(before: str, after: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {before} RENAME TO {after}")
