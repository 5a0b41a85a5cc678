from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextvars import Context
from typing import Any

import httpx2 as httpx
import pytest
from asgiref.sync import sync_to_async
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import include, path
from pytest_django import Settings

from accounts.models import User
from tts_project.handler import SlimHandler

hung_up = asyncio.Event()
threads_used: list[str] = []


async def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("plain")


async def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.body)


def blocking(_request: HttpRequest) -> HttpResponse:
    threads_used.append(threading.current_thread().name)
    return HttpResponse(str(User.objects.count()))


async def waiting(_request: HttpRequest) -> HttpResponse:
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        hung_up.set()
        raise
    return HttpResponse()


async def endless(_request: HttpRequest) -> StreamingHttpResponse:
    async def pieces() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"x"
                await asyncio.sleep(0.001)
        finally:
            hung_up.set()

    return StreamingHttpResponse(pieces())


async def breaking(_request: HttpRequest) -> StreamingHttpResponse:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"a part"
        raise ConnectionError("the provider is gone")

    return StreamingHttpResponse(pieces())


async def faulty(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    *(path(view.__name__, view) for view in (plain, echo, blocking, waiting, endless, breaking, faulty)),
    path("", include("tts_project.urls")),
]


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    hung_up.clear()
    threads_used.clear()


@pytest.fixture
def client() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(SlimHandler(), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


async def talk(path_: str, *messages: dict[str, Any], until: Callable[[list[dict[str, Any]]], bool]) -> None:
    """Send ``messages`` to the handler, hanging up once what it sent satisfies ``until``."""
    sent: list[dict[str, Any]] = []
    incoming = list(messages)
    satisfied = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if incoming:
            return incoming.pop(0)
        await satisfied.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if until(sent):
            satisfied.set()

    if until(sent):
        satisfied.set()
    scope = {"type": "http", "method": "GET", "path": path_, "query_string": b"", "headers": [], "root_path": ""}
    async with asyncio.timeout(10):
        await SlimHandler()(scope, receive, send)


async def test_a_view_answers(client: httpx.AsyncClient) -> None:
    assert (await client.get("/plain")).text == "plain"


async def test_a_body_in_one_piece_and_one_in_many_arrive_whole(client: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"0123456789"

    assert (await client.post("/echo", content=b"whole")).content == b"whole"
    assert (await client.post("/echo", content=pieces())).content == b"0123456789" * 100


@pytest.mark.django_db(transaction=True)
async def test_blocking_views_share_a_few_threads_that_live_on(client: httpx.AsyncClient, settings: Settings) -> None:
    for _ in range(30):
        assert (await client.get("/blocking")).text == "0"
    assert all(name.startswith("lane-") for name in threads_used)
    assert len(set(threads_used)) <= settings.DATABASE_THREADS


@pytest.mark.django_db(transaction=True)
async def test_the_end_of_a_request_is_announced_only_where_a_thread_was_used(client: httpx.AsyncClient) -> None:
    announced: list[str] = []

    def receiver(**_: object) -> None:
        announced.append(threading.current_thread().name)

    request_finished.connect(receiver)
    try:
        await client.get("/plain")
        assert announced == []
        await client.get("/blocking")
        async with asyncio.timeout(10):
            while not announced:
                await asyncio.sleep(0.001)
        assert announced == threads_used
    finally:
        request_finished.disconnect(receiver)


async def test_a_fault_in_a_view_is_a_500(client: httpx.AsyncClient) -> None:
    assert (await client.get("/faulty")).status_code == 500


async def test_a_stream_that_breaks_is_an_error_for_the_server_to_close_on() -> None:
    with pytest.raises(ConnectionError):
        await talk("/breaking", {"type": "http.request"}, until=lambda _: False)


async def test_a_view_that_waits_is_cancelled_when_the_client_hangs_up() -> None:
    await talk("/waiting", {"type": "http.request"}, until=lambda _: True)
    assert hung_up.is_set()


async def test_a_stream_is_closed_when_the_client_hangs_up() -> None:
    await talk("/endless", {"type": "http.request"}, until=lambda sent: len(sent) > 5)
    assert hung_up.is_set()


async def test_a_client_that_leaves_while_sending_is_no_request() -> None:
    await talk("/plain", {"type": "http.request", "more_body": True, "body": b"a"}, until=lambda _: True)


async def test_a_background_task_may_outlive_its_request(client: httpx.AsyncClient) -> None:
    tasks: list[asyncio.Task[str]] = []

    async def later() -> str:
        return await sync_to_async(lambda: threading.current_thread().name)()

    async def start(_request: HttpRequest) -> HttpResponse:
        tasks.append(asyncio.get_running_loop().create_task(later(), context=Context()))
        return HttpResponse()

    urlpatterns.append(path("start", start))
    await client.get("/start")
    assert not (await tasks[0]).startswith("lane-")
