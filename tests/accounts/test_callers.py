from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import httpx2 as httpx
import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as django_settings
from django.utils import timezone

from accounts import keys
from accounts.features import Feature
from accounts.key_uses import key_uses
from accounts.known import recent_callers
from accounts.models import ApiKey, Plan, User
from tests.http import signed_in, stranger, with_key
from tests.vendors.server import FakeVendors

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = {"text": "Hello there", "voice": "openai:alloy"}


@pytest.fixture
def made(user: User) -> tuple[ApiKey, str]:
    return keys.create(user, "the bot")


@pytest.fixture
def key(made: tuple[ApiKey, str]) -> ApiKey:
    return made[0]


@pytest.fixture
def client(made: tuple[ApiKey, str]) -> httpx.AsyncClient:
    return with_key(made[1])


@pytest.fixture
def visitor(user: User) -> httpx.AsyncClient:
    return signed_in(user)


def refusal_of(response: httpx.Response) -> str:
    """Why a key was refused, after checking that it was, as RFC 6750 has it."""
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert response.json()["error"]["code"] == "bad_key"
    return str(response.json()["error"]["message"])


async def last_use_of(key: ApiKey) -> datetime | None:
    return (await ApiKey.objects.aget(pk=key.pk)).last_used_at


async def test_a_key_is_enough_to_be_heard_without_a_session_or_a_csrf_token(
    client: httpx.AsyncClient, vendor: FakeVendors
) -> None:
    response = await client.post("/tts", json=HELLO)
    assert (response.status_code, response.headers["X-Cache"]) == (200, "miss")
    assert not client.cookies


async def test_a_key_opens_every_door_of_its_owner(client: httpx.AsyncClient) -> None:
    started = await client.post("/calls", json={"title": "Tea"})
    assert started.status_code == 201
    assert (await client.get(f"/calls/{started.json()['id']}")).json()["title"] == "Tea"
    assert (await client.get("/tts/voices")).status_code == 200


async def test_a_key_that_was_never_made_is_refused(client: httpx.AsyncClient) -> None:
    client.headers["Authorization"] += "0"
    assert refusal_of(await client.post("/tts", json=HELLO)) == "There is no such API key."


@pytest.mark.parametrize("sent", [b"Bearer", b"Bearer ", b"bearer aloud_", b"Bearer \xe4\xf6"])
async def test_what_cannot_be_a_key_is_refused(user: User, sent: bytes) -> None:
    assert (
        refusal_of(await stranger().get("/tts/voices", headers={b"Authorization": sent})) == "There is no such API key."
    )


async def test_a_bad_key_is_not_made_good_by_a_session(visitor: httpx.AsyncClient) -> None:
    assert refusal_of(await visitor.get("/tts/voices", headers={"Authorization": "Bearer aloud_0"}))


@pytest.mark.parametrize("scheme", ["Basic", "Token", "ApiKey"])
async def test_other_schemes_are_none_of_ours_and_leave_it_to_the_session(
    visitor: httpx.AsyncClient, made: tuple[ApiKey, str], scheme: str
) -> None:
    headers = {"Authorization": f"{scheme} {made[1]}"}
    assert (await visitor.get("/tts/voices", headers=headers)).status_code == 200
    refused = await stranger().get("/tts/voices", headers=headers)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "not_signed_in")
    assert refused.headers["WWW-Authenticate"] == "Bearer"


async def test_the_hash_of_a_key_is_no_key_and_no_session(made: tuple[ApiKey, str], client: httpx.AsyncClient) -> None:
    """Who reads our database, or our memory, cannot speak with what stands there."""
    key, _ = made
    assert (await client.get("/tts/voices")).status_code == 200
    assert refusal_of(await with_key(key.hash).get("/tts/voices")) == "There is no such API key."
    thief = stranger()
    for cookie in (key.hash, f"key {key.hash}"):
        thief.cookies.set(django_settings.SESSION_COOKIE_NAME, cookie)
        assert (await thief.get("/tts/voices")).status_code == 401


async def test_a_key_that_has_expired_is_refused(client: httpx.AsyncClient, key: ApiKey) -> None:
    key.expires_at = timezone.now() - timedelta(seconds=1)
    await key.asave()
    assert refusal_of(await client.get("/tts/voices")) == "This API key has expired."


async def test_a_key_expires_on_time_though_it_was_recognised_a_moment_ago(
    client: httpx.AsyncClient, vendor: FakeVendors, key: ApiKey
) -> None:
    assert (await client.post("/tts", json=HELLO)).status_code == 200
    proof = f"key {key.hash}"
    caller = recent_callers.get(proof)
    assert caller is not None
    recent_callers.put(proof, replace(caller, expires_at=timezone.now()))
    assert refusal_of(await client.post("/tts", json=HELLO)) == "This API key has expired."


async def test_a_key_that_was_revoked_is_refused_at_once(
    client: httpx.AsyncClient, vendor: FakeVendors, key: ApiKey
) -> None:
    assert (await client.post("/tts", json=HELLO)).status_code == 200
    await sync_to_async(keys.revoke)(key)
    assert refusal_of(await client.post("/tts", json=HELLO)) == "This API key has been revoked."


async def test_what_was_revoked_elsewhere_is_noticed_when_it_is_looked_up_again(
    client: httpx.AsyncClient, key: ApiKey
) -> None:
    assert (await client.get("/tts/voices")).status_code == 200
    await ApiKey.objects.aupdate(revoked_at=timezone.now())  # no signal: as in another process
    assert (await client.get("/tts/voices")).status_code == 200
    recent_callers.clear()  # after TRUST_S at the latest (test_recent.py)
    assert refusal_of(await client.get("/tts/voices")) == "This API key has been revoked."


async def test_a_key_that_was_deleted_is_refused_at_once(client: httpx.AsyncClient, key: ApiKey) -> None:
    assert (await client.get("/tts/voices")).status_code == 200
    await key.adelete()
    assert refusal_of(await client.get("/tts/voices")) == "There is no such API key."


async def test_a_key_is_worth_nothing_once_its_owner_is_switched_off(client: httpx.AsyncClient, user: User) -> None:
    assert (await client.get("/tts/voices")).status_code == 200
    user.is_active = False
    await user.asave()
    assert refusal_of(await client.get("/tts/voices")) == "The account of this API key has been switched off."


async def test_its_last_use_is_written_down_a_moment_later(client: httpx.AsyncClient, key: ApiKey) -> None:
    before = timezone.now()
    await client.get("/tts/voices")
    assert await last_use_of(key) is None
    await key_uses.flush()
    last_use = await last_use_of(key)
    assert last_use is not None
    assert before <= last_use <= timezone.now()


async def test_a_refused_key_was_not_used(client: httpx.AsyncClient, key: ApiKey) -> None:
    await sync_to_async(keys.revoke)(key)
    await client.get("/tts/voices")
    await key_uses.flush()
    assert await last_use_of(key) is None


async def test_a_later_use_that_another_process_saw_stands(client: httpx.AsyncClient, key: ApiKey) -> None:
    later = timezone.now() + timedelta(seconds=30)
    await ApiKey.objects.aupdate(last_used_at=later)
    await client.get("/tts/voices")
    await key_uses.flush()
    assert await last_use_of(key) == later


async def test_a_key_for_some_features_may_use_no_others(user: User, vendor: FakeVendors) -> None:
    _, secret = await sync_to_async(keys.create)(user, "only exports", [Feature.EXPORT])
    response = await with_key(secret).post("/tts", json=HELLO)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "feature_off")


async def test_a_key_gives_nothing_that_its_owner_may_not_use(user: User, vendor: FakeVendors) -> None:
    _, secret = await sync_to_async(keys.create)(user, "speaks", [Feature.SPEECH])
    client = with_key(secret)
    assert (await client.post("/tts", json=HELLO)).status_code == 200
    user.plan = await Plan.objects.acreate(name="exports", features=[Feature.EXPORT])
    await user.asave()
    assert (await client.post("/tts", json=HELLO)).status_code == 403
