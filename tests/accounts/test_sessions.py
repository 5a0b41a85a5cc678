from __future__ import annotations

import httpx2 as httpx
import pytest
from django.contrib.sessions.models import Session

from accounts.known import known_callers, recent_callers
from accounts.models import User
from accounts.recent import TRUST_S
from tests.http import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    return signed_in(user)


async def test_a_session_that_has_ended_elsewhere_is_believed_for_seconds_only(client: httpx.AsyncClient) -> None:
    assert (await client.get("/tts/voices")).status_code == 200
    await Session.objects.all().adelete()
    assert TRUST_S <= 5
    assert (await client.get("/tts/voices")).status_code == 200
    recent_callers.clear()
    known_callers.clear()
    assert (await client.get("/tts/voices")).status_code == 401


async def test_who_signs_out_is_out_at_once(client: httpx.AsyncClient) -> None:
    former = dict(client.cookies)
    assert (await client.get("/tts/voices")).status_code == 200
    await client.post("/accounts/logout/")
    client.cookies.update(former)
    assert (await client.get("/tts/voices")).status_code == 401


async def test_an_account_that_was_switched_off_has_no_session(client: httpx.AsyncClient, user: User) -> None:
    user.is_active = False
    await user.asave()
    assert (await client.get("/tts/voices")).status_code == 401


async def test_a_cookie_that_means_nothing_is_no_session(client: httpx.AsyncClient) -> None:
    client.cookies.set("sessionid", "made-up")
    assert (await client.get("/tts/voices")).status_code == 401
