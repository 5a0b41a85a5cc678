from __future__ import annotations

import threading
from typing import Any

import httpx2 as httpx
import pytest
import structlog
from asgiref.sync import sync_to_async
from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from pytest_django import Settings

from accounts.models import User
from tests.http import signed_in
from tts_project.handler import SlimHandler

seen: dict[str, Any] = {}


async def looks(request: HttpRequest) -> HttpResponse:
    seen["thread"] = threading.current_thread()
    seen["id"] = request.id  # type: ignore[attr-defined]
    return HttpResponse("looked")


async def remembers(request: HttpRequest) -> HttpResponse:
    await request.session.aset("answer", 42)
    return HttpResponse()


async def recalls(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(await request.session.aget("answer")))


async def says(request: HttpRequest) -> HttpResponse:
    messages.success(request, "It is done.")
    return HttpResponse()


async def repeats(request: HttpRequest) -> HttpResponse:
    return HttpResponse(" ".join(map(str, messages.get_messages(request))))


async def changes(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("changed")


async def fails(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


async def logs(_request: HttpRequest) -> HttpResponse:
    structlog.get_logger(__name__).info("seen")
    return HttpResponse()


async def whoever(request: HttpRequest) -> HttpResponse:
    return HttpResponse((await request.auser()).get_username())


urlpatterns = [
    *(path(view.__name__, view) for view in (looks, remembers, recalls, says, repeats, changes, fails, logs, whoever)),
    path("", include("tts_project.urls")),
]


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def client() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(SlimHandler(), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


async def test_an_async_view_runs_where_the_event_loop_runs(client: httpx.AsyncClient) -> None:
    await client.get("/looks")
    assert seen["thread"] is threading.current_thread()


async def test_every_answer_carries_the_id_of_its_request(client: httpx.AsyncClient) -> None:
    first, second = await client.get("/looks"), await client.get("/looks")
    assert second.headers["X-Request-Id"] == seen["id"]
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]


async def test_a_log_line_carries_the_id_of_its_request(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger=__name__)
    response = await client.get("/logs")
    line = next(record.msg for record in caplog.records if record.name == __name__)
    assert isinstance(line, dict)
    assert (line["event"], line["request_id"]) == ("seen", response.headers["X-Request-Id"])


async def test_a_fault_is_a_500_with_its_id(client: httpx.AsyncClient) -> None:
    response = await client.get("/fails")
    assert response.status_code == 500
    assert response.headers["X-Request-Id"]


async def test_the_headers_that_protect_a_page_are_there(client: httpx.AsyncClient) -> None:
    headers = (await client.get("/looks")).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db(transaction=True)
async def test_a_session_is_saved_when_it_was_changed_and_found_again(client: httpx.AsyncClient) -> None:
    changed = await client.get("/remembers")
    assert django_settings.SESSION_COOKIE_NAME in changed.cookies
    assert (await client.get("/recalls")).text == "42"


async def test_a_session_that_was_not_used_leaves_no_trace(client: httpx.AsyncClient) -> None:
    response = await client.get("/looks")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.django_db(transaction=True)
async def test_the_user_of_the_session_is_known(client: httpx.AsyncClient, user: User) -> None:
    client.cookies = (await sync_to_async(signed_in)(user)).cookies
    assert (await client.get("/whoever")).text == "ada"


async def test_a_message_travels_to_the_next_page(client: httpx.AsyncClient) -> None:
    await client.get("/says")
    assert (await client.get("/repeats")).text == "It is done."
    assert (await client.get("/repeats")).text == ""


async def test_a_form_without_its_token_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post("/changes")).status_code == 403


async def test_a_form_with_its_token_is_taken(client: httpx.AsyncClient) -> None:
    client.cookies.set(django_settings.CSRF_COOKIE_NAME, "a" * 32)
    response = await client.post("/changes", headers={"X-CSRFToken": "a" * 32})
    assert response.text == "changed"


async def test_an_address_without_its_slash_is_sent_on(client: httpx.AsyncClient) -> None:
    response = await client.get("/accounts/login")
    assert (response.status_code, response.headers["Location"]) == (301, "/accounts/login/")


async def test_a_host_that_is_not_ours_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get("/looks", headers={"Host": "evil.example"})).status_code == 400
