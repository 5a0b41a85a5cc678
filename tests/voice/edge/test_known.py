from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import httpx2 as httpx
import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from pytest_django import Settings

from accounts import keys
from accounts.features import ALL, Feature
from accounts.key_uses import key_uses
from accounts.known import recent_callers
from accounts.models import ApiKey, User
from tests.http import signed_in, with_key
from tests.vendors.server import FakeVendors
from tts_project.handler import SlimHandler
from voice.edge.known import MAX_BODY_BYTES, KnownCallers
from voice.models import CallSession, Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = {"text": "Hello there", "voice": "openai:alloy"}


class Behind:
    """What stands where Django does: takes note of what reaches it, body and all."""

    def __init__(self) -> None:
        self.reached: list[bytes] = []

    async def __call__(self, _scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        self.reached.append(body)
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body"})


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def visitor(user: User) -> httpx.AsyncClient:
    return signed_in(user)


def before(behind: Behind, visitor: httpx.AsyncClient) -> httpx.AsyncClient:
    """``visitor``, header for header, in front of something else than Django."""
    visitor._transport = httpx.ASGITransport(KnownCallers(behind))
    return visitor


@pytest.fixture
async def client(visitor: httpx.AsyncClient, vendor: FakeVendors, behind: Behind) -> httpx.AsyncClient:
    """Somebody Django has just recognised, in front of something else."""
    assert (await visitor.post("/tts", content=b"")).status_code == 400
    return before(behind, visitor)


async def test_a_known_caller_is_answered_ahead_of_django(client: httpx.AsyncClient, behind: Behind) -> None:
    response = await client.post("/tts", json=HELLO)
    assert (response.status_code, response.headers["X-Cache"]) == (200, "miss")
    assert behind.reached == []


async def test_errors_have_the_shape_and_the_id_of_every_other(client: httpx.AsyncClient, behind: Behind) -> None:
    response = await client.post("/tts", json={"text": "", "speed": 9})
    assert response.status_code == 400
    error = response.json()["error"]
    assert set(error["fields"]) == {"speed"}
    assert error["request_id"] == response.headers["X-Request-Id"]
    assert behind.reached == []


@pytest.mark.parametrize("header", ["X-CSRFToken", "Cookie", "Origin", "Referer", "Authorization", "X-Forwarded-Proto"])
async def test_other_credentials_are_for_django_to_judge(
    client: httpx.AsyncClient, behind: Behind, header: str
) -> None:
    await client.post("/tts", json=HELLO, headers={header: "something else"})
    assert len(behind.reached) == 1


async def test_what_only_reads_proves_nothing(visitor: httpx.AsyncClient, vendor: FakeVendors, behind: Behind) -> None:
    del visitor.headers["X-CSRFToken"]
    assert (await visitor.get("/tts/voices")).status_code == 200
    await before(behind, visitor).post("/tts", json=HELLO)
    assert len(behind.reached) == 1


async def test_whose_session_is_no_longer_believed_is_looked_up_again(
    client: httpx.AsyncClient, behind: Behind
) -> None:
    recent_callers.clear()
    await client.post("/tts", json=HELLO)
    assert len(behind.reached) == 1


@pytest.fixture
def program(user: User) -> httpx.AsyncClient:
    return with_key(keys.create(user, "the bot")[1])


async def test_a_known_key_is_answered_ahead_of_django_and_its_use_is_noted(
    program: httpx.AsyncClient, vendor: FakeVendors, behind: Behind
) -> None:
    assert (await program.get("/tts/voices")).status_code == 200  # whatever is asked for, a key proves who asks
    await key_uses.flush()
    first = (await ApiKey.objects.aget()).last_used_at
    assert first is not None
    assert (await before(behind, program).post("/tts", json=HELLO)).status_code == 200
    assert behind.reached == []
    await key_uses.flush()
    second = (await ApiKey.objects.aget()).last_used_at
    assert second is not None
    assert second > first


async def test_a_key_that_was_revoked_is_for_django_to_refuse(
    program: httpx.AsyncClient, vendor: FakeVendors, behind: Behind
) -> None:
    assert (await program.get("/tts/voices")).status_code == 200
    await sync_to_async(keys.revoke)(await ApiKey.objects.aget())
    await before(behind, program).post("/tts", json=HELLO)
    assert len(behind.reached) == 1


async def test_a_key_that_has_expired_since_is_for_django_to_refuse(
    program: httpx.AsyncClient, vendor: FakeVendors, behind: Behind
) -> None:
    assert (await program.get("/tts/voices")).status_code == 200
    proof = f"key {(await ApiKey.objects.aget()).hash}"
    caller = recent_callers.get(proof)
    assert caller is not None
    recent_callers.put(proof, replace(caller, expires_at=timezone.now()))
    await before(behind, program).post("/tts", json=HELLO)
    assert len(behind.reached) == 1


async def test_who_may_not_hear_is_told_so_here_too(
    client: httpx.AsyncClient, behind: Behind, settings: Settings
) -> None:
    for proof, caller in [(proof, recent_callers.get(proof)) for proof in list(recent_callers._answers)]:
        assert caller is not None
        silent = replace(caller.account, features=ALL - {Feature.SPEECH})
        recent_callers.put(proof, replace(caller, account=silent))
    response = await client.post("/tts", json=HELLO)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "feature_off")
    settings.TTS_ENABLED = False  # wins over all
    response = await client.post("/tts", json=HELLO)
    assert (response.status_code, response.json()["error"]["code"]) == (503, "speech_disabled")
    assert behind.reached == []


async def test_a_crowd_with_the_same_credentials_is_looked_up_once(
    visitor: httpx.AsyncClient, vendor: FakeVendors
) -> None:
    through: list[str] = []
    edge = KnownCallers(lambda scope, receive, send: _noted(through, scope, receive, send))
    visitor._transport = httpx.ASGITransport(edge)
    answers = await asyncio.gather(*(visitor.post("/tts", json=HELLO) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(through) == 1


async def test_a_crowd_nobody_knows_is_told_so_one_and_all(visitor: httpx.AsyncClient, vendor: FakeVendors) -> None:
    visitor.cookies.set("sessionid", "made-up")
    answers = await asyncio.gather(*(visitor.post("/tts", json=HELLO) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {401}


async def _noted(through: list[str], scope: Any, receive: Any, send: Any) -> None:
    """Django, noting who gets there."""
    through.append(scope["path"])
    await SlimHandler()(scope, receive, send)


async def test_a_message_is_looked_up_by_django(client: httpx.AsyncClient, behind: Behind, user: User) -> None:
    call = await CallSession.objects.acreate(owner=user)
    message = await Message.objects.acreate(call=call, author=Message.Author.ASSISTANT, text="A reply.")
    await client.post("/tts", json={"message_id": str(message.pk)})
    assert [str(message.pk).encode() in body for body in behind.reached] == [True]


async def test_what_is_not_to_be_kept_is_spoken_by_django(
    client: httpx.AsyncClient, behind: Behind, settings: Settings
) -> None:
    """It ends when the caller hangs up, and Django's handler watches for that."""
    await client.post("/tts", json=HELLO, headers={"Cache-Control": "no-store"})
    settings.TTS_STORAGE = "off"
    await client.post("/tts", json=HELLO)
    assert len(behind.reached) == 2


async def test_a_large_body_reaches_django_whole(client: httpx.AsyncClient, behind: Behind) -> None:
    body = b" " * (MAX_BODY_BYTES + 1)
    await client.post("/tts", content=body)
    assert behind.reached == [body]


async def test_a_body_in_pieces_is_read_whole(client: httpx.AsyncClient, behind: Behind) -> None:
    async def pieces() -> Any:
        yield b'{"text": "Hello", '
        yield b'"voice": "openai:alloy"}'

    response = await client.post("/tts", content=pieces())
    assert (response.status_code, response.headers["X-Cache"]) == (200, "miss")
    assert behind.reached == []


@pytest.mark.parametrize(("method", "path"), [("GET", "/tts"), ("POST", "/tts/"), ("POST", "/calls")])
async def test_everything_else_is_passed_on(client: httpx.AsyncClient, behind: Behind, method: str, path: str) -> None:
    assert (await client.request(method, path, json=HELLO)).status_code == 299
