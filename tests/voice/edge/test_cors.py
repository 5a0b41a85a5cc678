"""Pages of other sites: which may read what, and that nobody is asked in somebody's name."""

from __future__ import annotations

import httpx2 as httpx
import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from accounts import keys
from accounts.models import User
from tests.http import JSON, signed_in
from tests.vendors.server import FakeVendors
from tts_project.asgi import application
from voice.edge.cors import CrossOrigin

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

FRIEND = "https://friend.example"
STRANGER = "https://stranger.example"
ALLOWED = "Access-Control-Allow-Origin"


@pytest.fixture
def client() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(CrossOrigin(application.django, [FRIEND]), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


@pytest.fixture
def secret(user: User) -> str:
    """An API key."""
    return keys.create(user, "theirs", [], None)[1]


async def preflight(client: httpx.AsyncClient, path: str, origin: str) -> httpx.Response:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    return await client.options(path, headers={"Origin": origin, **asked})


async def test_a_listed_site_may_ask_with_a_key(
    client: httpx.AsyncClient, secret: str, vendor: FakeVendors, settings: Settings
) -> None:
    settings.TTS_RESPONSE_TIMEOUT = 30.0  # a busy machine is no failure
    may = await preflight(client, "/tts", FRIEND)
    assert (may.status_code, may.headers[ALLOWED], may.headers["Vary"]) == (204, FRIEND, "Origin")
    assert may.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST"
    assert {"Authorization", "Content-Type"} <= set(may.headers["Access-Control-Allow-Headers"].split(", "))

    headers = {**JSON, "Authorization": f"Bearer {secret}", "Origin": FRIEND}
    for _known in range(2):  # the second time ahead of Django
        spoken = await client.post("/tts", json={"text": "Hello"}, headers=headers)
        assert (spoken.status_code, spoken.headers[ALLOWED]) == (200, FRIEND)
        assert "X-Voice" in spoken.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in spoken.headers
    heard = await client.get(spoken.json()["audio_url"], headers={"Origin": FRIEND})
    assert (heard.status_code, heard.headers[ALLOWED], heard.headers["Vary"]) == (200, FRIEND, "Origin")


async def test_refusals_can_be_read_too(client: httpx.AsyncClient) -> None:
    refused = await client.post("/tts", json={"text": "Hello"}, headers={"Origin": FRIEND})
    assert (refused.status_code, refused.headers[ALLOWED]) == (401, FRIEND)


async def test_a_session_is_never_shared(client: httpx.AsyncClient, user: User) -> None:
    client.cookies = (await sync_to_async(signed_in)(user)).cookies
    listed = await client.get("/tts/voices", headers={"Origin": FRIEND})
    assert listed.status_code == 200
    assert "Access-Control-Allow-Credentials" not in listed.headers  # so no browser hands the answer on
    spoken = await client.post("/tts", json={"text": "Hello"}, headers={"Origin": FRIEND})
    assert spoken.status_code == 403


@pytest.mark.parametrize("origin", [STRANGER, "null", f"{FRIEND}.evil", "https://FRIEND.example", ""])
async def test_others_are_not_named(client: httpx.AsyncClient, origin: str) -> None:
    refused = await preflight(client, "/tts", origin)
    assert refused.status_code == 405
    assert ALLOWED not in refused.headers
    listed = await client.get("/tts/voices", headers={"Origin": origin})
    assert ALLOWED not in listed.headers
    assert "Origin" in listed.headers["Vary"]


@pytest.mark.parametrize("path", ["/calls", "/account", "/ttsx", "/accounts/login/", "/metrics"])
async def test_only_speech_is_for_other_sites(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path, headers={"Origin": FRIEND})
    assert ALLOWED not in response.headers


async def test_a_preflight_is_told_from_a_plain_question(client: httpx.AsyncClient) -> None:
    response = await client.options("/tts", headers={"Origin": FRIEND})
    assert (response.status_code, response.headers[ALLOWED]) == (405, FRIEND)
