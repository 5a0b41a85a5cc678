from __future__ import annotations

import asyncio
from typing import Any

import httpx2 as httpx
import pytest
from django.core import mail
from pytest_django import Settings

from accounts.models import User
from tests.http import JSON, signed_in, stranger

pytestmark = pytest.mark.django_db(transaction=True)

HTML = {"Accept": "text/html"}


async def post(client: httpx.AsyncClient, address: str, **form: str) -> httpx.Response:
    """Send a form as its page does."""
    page = await client.get(address, headers=HTML)
    token = client.cookies.get("csrftoken") or page.cookies["csrftoken"]
    return await client.post(address, data={**form, "csrfmiddlewaretoken": token}, headers=HTML)


@pytest.fixture
def client() -> httpx.AsyncClient:
    return stranger()


@pytest.mark.parametrize(
    ("address", "field"), [("/accounts/login/", "login"), ("/admin/login/", "username")], ids=["site", "admin"]
)
async def test_a_name_under_which_too_many_have_failed_is_left_alone_for_a_while(
    client: httpx.AsyncClient, user: User, settings: Settings, address: str, field: str
) -> None:
    settings.RATE_LIMIT_SIGN_IN_FAILURES = "2/5m"
    failures = [await post(client, address, **{field: name, "password": "guess"}) for name in ("ada", " ADA")]
    assert [failure.status_code for failure in failures] == [200, 200]
    refused = await post(client, address, **{field: "ada", "password": "analytical"})
    assert refused.status_code == 429
    assert "Wait" in refused.text
    assert 0 < int(refused.headers["Retry-After"]) <= 300
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert (await post(client, address, **{field: "eve", "password": "guess"})).status_code == 200


async def test_who_signs_in_again_and_again_is_never_locked_out_by_it(user: User, settings: Settings) -> None:
    settings.RATE_LIMIT_SIGN_IN_FAILURES = "1/5m"
    for _ in range(3):
        assert (await post(stranger(), "/accounts/login/", login="ada", password="analytical")).status_code == 302


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/admin/login/", "/accounts/signup/", "/accounts/password/reset/"]
)
async def test_an_address_may_try_so_often_a_minute_and_is_told_when_to_come_back(
    client: httpx.AsyncClient, settings: Settings, address: str
) -> None:
    settings.RATE_LIMIT_SIGN_IN = "2/m"
    tried = [await post(client, address) for _ in range(3)]
    assert [answer.status_code for answer in tried] == [200, 200, 429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in tried] == ["1", "0", "0"]
    assert tried[2].headers["Retry-After"] == tried[2].headers["X-RateLimit-Reset"]
    assert (await client.get(address, headers=HTML)).status_code == 200


async def test_a_crowd_of_tries_cannot_race_the_limit(client: httpx.AsyncClient, settings: Settings) -> None:
    settings.RATE_LIMIT_SIGN_IN = "5/h"
    tried = await asyncio.gather(*(client.post("/accounts/login/", headers=HTML) for _ in range(30)))
    assert sorted(answer.status_code for answer in tried) == [403] * 5 + [429] * 25


async def test_nobody_is_sent_mail_after_mail(client: httpx.AsyncClient, user: User, settings: Settings) -> None:
    settings.RATE_LIMIT_SIGN_IN_FAILURES = "1/5m"
    await User.objects.filter(pk=user.pk).aupdate(email="ada@example.org")
    sent = [await post(client, "/accounts/password/reset/", email=to) for to in ("ada@example.org", "ADA@example.org")]
    assert [answer.status_code for answer in sent] == [302, 429]
    assert len(mail.outbox) == 1


async def test_pages_are_counted_by_their_address_and_told_of(client: httpx.AsyncClient, settings: Settings) -> None:
    settings.RATE_LIMIT_PAGES = "2/m"
    opened = [await client.get("/schema/docs", headers=HTML) for _ in range(3)]
    assert [page.status_code for page in opened] == [200, 200, 429]
    assert [page.headers["X-RateLimit-Remaining"] for page in opened] == ["1", "0", "0"]


async def test_programs_are_told_in_their_own_shape(client: httpx.AsyncClient, settings: Settings) -> None:
    settings.RATE_LIMIT_PAGES = "1/m"
    await client.get("/calls", headers=JSON)
    refused = await client.get("/calls", headers=JSON)
    assert refused.status_code == 429
    error: dict[str, Any] = refused.json()["error"]
    assert (error["code"], str(error["retry_after"])) == ("throttled", refused.headers["Retry-After"])


@pytest.fixture
def ada(user: User) -> httpx.AsyncClient:
    return signed_in(user)


async def test_health_and_speech_have_nothing_to_do_with_it(ada: httpx.AsyncClient, settings: Settings) -> None:
    settings.RATE_LIMIT_PAGES = "1/m"
    for address in ("/health/live", "/tts/voices"):
        answers = [await ada.get(address) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200] * 3
        assert "X-RateLimit-Limit" not in answers[0].headers


@pytest.fixture
def redis_out_of_reach(settings: Settings) -> None:
    """Tries would be counted in a Redis that is not there."""
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {**settings.CACHES, "limits": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}
    settings.CACHES["limits"]["OPTIONS"] = {"retry": None}


@pytest.mark.parametrize("address", ["/accounts/login/", "/admin/login/"])
async def test_without_redis_nobody_signs_in_and_is_told_so_but_pages_open(
    client: httpx.AsyncClient, user: User, redis_out_of_reach: None, address: str
) -> None:
    refused = await post(client, address, login="ada", username="ada", password="analytical")
    assert refused.status_code == 503
    assert "Try again in 5 seconds" in refused.text
    assert refused.headers["Retry-After"] == "5"
    page = await client.get(address, headers=HTML)
    assert page.status_code == 200
    assert "X-RateLimit-Limit" not in page.headers
