from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pytest_django import Settings

from tests.clock import Clock
from tests.vendors.server import FakeVendors
from tests.vendors.service_account import private_key
from voice.domain.errors import ProviderError, ProviderForbidden, ProviderRateLimited, ProviderUnavailable
from voice.providers.google_token import AccessToken, ServiceAccount, service_account
from voice.providers.http import VendorHttp

NOON = 1_795_262_400.0


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
async def token(vendors: FakeVendors, clock: Clock) -> AsyncIterator[AccessToken]:
    http = VendorHttp("google")
    yield AccessToken(http, clock)
    await http.close()


@pytest.fixture
def account(vendors: FakeVendors, settings: Settings) -> ServiceAccount:
    return service_account(settings.GOOGLE_APPLICATION_CREDENTIALS)


async def test_it_shows_a_signed_assertion(vendors: FakeVendors, token: AccessToken, account: ServiceAccount) -> None:
    assert await token.of(account) == "google-test-token"
    form = parse_qs(vendors.heard[0].body)
    assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    signed, _, signature = form["assertion"][0].rpartition(".")
    header, claims = (json.loads(_decoded(part)) for part in signed.split("."))
    assert header == {"alg": "RS256", "typ": "JWT", "kid": "test"}
    assert claims == {
        "iss": "speaker@aloud-tests.iam.gserviceaccount.com",
        "scope": "https://www.googleapis.com/auth/cloud-platform",
        "aud": f"{vendors.url}/google/token",
        "iat": NOON,
        "exp": NOON + 3600,
    }
    key = load_pem_private_key(private_key().encode(), None)
    assert isinstance(key, RSAPrivateKey)
    key.public_key().verify(_decoded(signature), signed.encode(), PKCS1v15(), SHA256())


async def test_it_is_kept_until_a_minute_before_it_ends(
    vendors: FakeVendors, token: AccessToken, account: ServiceAccount, clock: Clock
) -> None:
    await token.of(account)
    clock.now_s += 3540
    await token.of(account)
    assert len(vendors.heard) == 1
    clock.now_s += 1
    await token.of(account)
    assert len(vendors.heard) == 2


async def test_who_waits_for_it_may_leave(vendors: FakeVendors, token: AccessToken, account: ServiceAccount) -> None:
    vendors.hold.clear()
    asking = asyncio.create_task(token.of(account))
    waiting = asyncio.create_task(token.of(account))
    await asyncio.sleep(0)
    asking.cancel()
    vendors.hold.set()
    assert await waiting == "google-test-token"


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (400, '{"error": "invalid_grant"}', ProviderForbidden),
        (401, '{"error": "invalid_client"}', ProviderForbidden),
        (302, "", ProviderForbidden),
        (429, "{}", ProviderRateLimited),
        (503, "{}", ProviderUnavailable),
        (200, "<html>Sorry</html>", ProviderUnavailable),
        (200, "[]", ProviderUnavailable),
        (200, '{"access_token": "x"}', ProviderUnavailable),
        (200, '{"access_token": "x", "expires_in": null}', ProviderUnavailable),
    ],
)
async def test_a_failure_is_told_by_its_kind_and_tried_once(
    token: AccessToken, account: ServiceAccount, status: int, answer: str, error: type[ProviderError]
) -> None:
    asked: list[str] = []

    async def refuse(request: web.Request) -> web.Response:
        asked.append(request.path)
        location = {"Location": "/elsewhere"} if status == 302 else None
        return web.Response(status=status, text=answer, content_type="application/json", headers=location)

    async with TestServer(_app(refuse)) as server:
        with pytest.raises(error) as failed:
            await token.of(replace(account, token_uri=str(server.make_url("/token"))))
    assert failed.value.provider == "google"
    assert asked == ["/token"]


def _app(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.Application:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    return app


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
