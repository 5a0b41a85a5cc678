"""Conversations over HTTP: every door, every refusal, and nobody in another's room."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx2 as httpx
import pytest
from pytest_django import Settings

from accounts.models import Quota, User
from tests.http import signed_in, stranger
from tests.vendors.server import FakeVendors
from voice.models import CallSession, Message
from voice.speech.inflight import in_flight

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    return signed_in(user)


@pytest.fixture
def call(user: User) -> CallSession:
    return CallSession.objects.create(owner=user)


@pytest.fixture
def foreign(transactional_db: None) -> CallSession:
    """A conversation of somebody else's."""
    return CallSession.objects.create(owner=User.objects.create_user("eve"), title="secret")


def error_of(response: httpx.Response) -> dict[str, Any]:
    error: dict[str, Any] = response.json()["error"]
    assert error["request_id"] == response.headers["X-Request-Id"]
    return error


async def test_a_conversation_is_started_read_revised_and_deleted(client: httpx.AsyncClient) -> None:
    started = await client.post("/calls", json={"title": " Tea ", "voice": "local:heart"})
    assert started.status_code == 201
    call = started.json()
    assert (call["title"], call["voice"]) == ("Tea", "local:heart")
    assert call["messages_url"] == f"/calls/{call['id']}/messages"
    address = f"/calls/{call['id']}"
    assert (await client.get(address)).json() == call
    revised = await client.patch(address, json={"title": "Coffee"})
    assert (revised.status_code, revised.json()["title"], revised.json()["voice"]) == (200, "Coffee", "local:heart")
    assert (await client.delete(address)).status_code == 204
    assert (await client.get(address)).status_code == 404


async def test_conversations_are_listed(client: httpx.AsyncClient, call: CallSession, foreign: CallSession) -> None:
    body = (await client.get("/calls")).json()
    assert [listed["id"] for listed in body["calls"]] == [str(call.pk)]
    assert body["older_url"] is None


async def test_what_is_said_gets_a_reply_that_can_be_heard(client: httpx.AsyncClient, call: CallSession) -> None:
    response = await client.post(f"/calls/{call.pk}/messages", json={"text": "say **Hello** you"})
    assert response.status_code == 201
    message, reply = response.json()["message"], response.json()["reply"]
    assert (message["author"], message["text"], message["html"]) == ("user", "say **Hello** you", None)
    assert (reply["author"], reply["text"]) == ("assistant", "**Hello** you")
    assert reply["html"] == "<p><strong>Hello</strong> you</p>\n"
    assert reply["audio_url"] == f"/tts/audio/{reply['id']}"
    assert (reply["audio_ready"], reply["duration"]) == (False, None)
    assert response.json()["call"]["title"] == "say **Hello** you"
    listed = (await client.get(f"/calls/{call.pk}/messages")).json()
    assert [one["id"] for one in listed["messages"]] == [message["id"], reply["id"]]
    assert listed["earlier"] is None


async def test_a_days_replies_are_counted_down_and_then_refused_until_midnight(
    client: httpx.AsyncClient, user: User, call: CallSession
) -> None:
    await Quota.objects.acreate(user=user, realtime_per_day=2)
    address = f"/calls/{call.pk}/messages"
    told = [(await client.post(address, json={"text": text})).headers for text in ("Hello", "Hello again")]
    assert [(headers["X-RateLimit-Limit"], headers["X-RateLimit-Remaining"]) for headers in told] == [
        ("2", "1"),
        ("2", "0"),
    ]
    refused = await client.post(address, json={"text": "And again"})
    assert refused.status_code == 429
    assert error_of(refused)["code"] == "throttled"
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert refused.headers["Retry-After"] == refused.headers["X-RateLimit-Reset"]
    assert await Message.objects.filter(call=call).acount() == 4


async def test_what_cannot_be_said_takes_none_of_a_days_replies(
    client: httpx.AsyncClient, user: User, call: CallSession
) -> None:
    await Quota.objects.acreate(user=user, realtime_per_day=1)
    assert (await client.post(f"/calls/{call.pk}/messages", json={"text": " "})).status_code == 400
    assert (await client.post(f"/calls/{call.pk}/messages", json={"text": "Hello"})).status_code == 201


async def test_a_message_says_how_long_it_is_once_it_was_made(
    client: httpx.AsyncClient, call: CallSession, vendor: FakeVendors
) -> None:
    reply = (await client.post(f"/calls/{call.pk}/messages", json={"text": "say Hello"})).json()["reply"]
    assert (reply["audio_ready"], reply["duration"]) == (False, None)
    assert (await client.get(reply["audio_url"])).headers["X-Cache"] == "joined"  # it was begun with the reply
    await in_flight.settle(5)
    heard = (await client.get(reply["url"])).json()
    assert heard == {**reply, "audio_ready": True, "duration": pytest.approx(1.0, abs=0.05)}
    assert len(vendor.heard) == 1


async def test_a_message_is_found_in_its_own_conversation_only(
    client: httpx.AsyncClient, call: CallSession, foreign: CallSession
) -> None:
    message = await foreign.messages.acreate(author=Message.Author.ASSISTANT, text="secret")
    for path in (f"/calls/{call.pk}/messages/{message.pk}", f"/calls/{foreign.pk}/messages/{message.pk}"):
        assert (await client.get(path)).status_code == 404


async def test_earlier_messages_are_asked_for_by_the_first_one_known(
    client: httpx.AsyncClient, call: CallSession
) -> None:
    address = f"/calls/{call.pk}/messages"
    turns = [(await client.post(address, json={"text": f"say {number}"})).json() for number in range(2)]
    older = (await client.get(address, params={"before": turns[1]["message"]["id"]})).json()
    assert [one["id"] for one in older["messages"]] == [turns[0]["message"]["id"], turns[0]["reply"]["id"]]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": None}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n\t"}, "text"),
        ({"text": 7}, "text"),
        ({"text": ["hello"]}, "text"),
        ({"text": "nul \0 in it"}, "text"),
        (["hello"], "body"),
    ],
)
async def test_what_is_no_message_is_refused(
    client: httpx.AsyncClient, call: CallSession, body: object, field: str
) -> None:
    response = await client.post(f"/calls/{call.pk}/messages", json=body)
    assert response.status_code == 400
    assert error_of(response)["code"] == "invalid_request"
    assert set(error_of(response)["fields"]) == {field}
    assert not await Message.objects.aexists()


async def test_half_a_character_is_refused(client: httpx.AsyncClient, call: CallSession) -> None:
    response = await client.post(
        f"/calls/{call.pk}/messages", content=b'{"text": "\\ud800"}', headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 400
    assert "text" in error_of(response)["fields"]


async def test_the_limit_is_named_when_it_is_passed(
    client: httpx.AsyncClient, call: CallSession, settings: Settings
) -> None:
    settings.TTS_MAX_CHARACTERS = 10
    response = await client.post(f"/calls/{call.pk}/messages", json={"text": "x" * 11})
    assert response.status_code == 400
    assert "At most 10 characters (TTS_MAX_CHARACTERS); these are 11." in error_of(response)["fields"]["text"]
    assert (await client.post(f"/calls/{call.pk}/messages", json={"text": "x" * 10})).status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": 1}, "title"),
        ({"title": "\0"}, "title"),
        ({"voice": "heart"}, "voice"),
        ({"voice": "local:nobody"}, "voice"),
        ({"voice": "nobody:heart"}, "voice"),
    ],
)
async def test_what_cannot_be_said_of_a_conversation_is_refused(
    client: httpx.AsyncClient, call: CallSession, body: object, field: str
) -> None:
    for response in (await client.post("/calls", json=body), await client.patch(f"/calls/{call.pk}", json=body)):
        assert response.status_code == 400
        assert set(error_of(response)["fields"]) == {field}
    assert await CallSession.objects.acount() == 1


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/messages")])
async def test_somebody_elses_conversation_is_not_found(
    client: httpx.AsyncClient, foreign: CallSession, method: str, path: str
) -> None:
    for call_id in (foreign.pk, uuid4()):
        response = await client.request(method, f"/calls/{call_id}{path}", json={"title": "mine now"})
        assert response.status_code == 404
        assert error_of(response)["code"] == "not_found"
    await foreign.arefresh_from_db()
    assert foreign.title == "secret"


async def test_nothing_is_said_in_somebody_elses_conversation(client: httpx.AsyncClient, foreign: CallSession) -> None:
    response = await client.post(f"/calls/{foreign.pk}/messages", json={"text": "hello"})
    assert response.status_code == 404
    assert not await Message.objects.aexists()


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_without_a_session_there_is_nothing(call: CallSession, method: str) -> None:
    for path in ("/calls", f"/calls/{call.pk}/messages"):
        response = await stranger().request(method, path, json={"text": "hello"})
        assert response.status_code == 401
        assert error_of(response)["code"] == "not_signed_in"


async def test_a_session_alone_changes_nothing(client: httpx.AsyncClient, call: CallSession) -> None:
    del client.headers["X-CSRFToken"]
    response = await client.post(f"/calls/{call.pk}/messages", json={"text": "hello"})
    assert response.status_code == 403
    assert error_of(response)["code"] == "forged_request"
    assert (await client.get(f"/calls/{call.pk}/messages")).status_code == 200


@pytest.mark.parametrize("content", [b"", b"{", b"text=hello"])
async def test_what_is_not_json_is_refused(client: httpx.AsyncClient, call: CallSession, content: bytes) -> None:
    response = await client.post(
        f"/calls/{call.pk}/messages", content=content, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 400
    assert error_of(response)["message"]


@pytest.mark.parametrize("path", ["/calls?page=0", "/calls?page=x"])
async def test_a_page_that_cannot_be_is_refused(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 400
    assert "page" in error_of(response)["fields"]


async def test_a_method_that_is_none_is_refused(client: httpx.AsyncClient, call: CallSession) -> None:
    response = await client.put(f"/calls/{call.pk}", json={})
    assert response.status_code == 405
    assert error_of(response)["code"] == "method_not_allowed"
