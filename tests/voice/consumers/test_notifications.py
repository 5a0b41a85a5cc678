"""What a tab may send, and how it is closed when it sends something else."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from websockets.exceptions import ConnectionClosed

from accounts import keys
from accounts.models import User
from tests.guests import Guest, invite
from tests.server import AloudServer
from tests.tabs import tab
from tts_project.asgi import application
from voice.consumers.notifications import BOUNDS, MOST_TABS
from voice.notifications.post import post


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        ("", "Send JSON."),
        ("{", "Send JSON."),
        ("[" * 4_000, "Send JSON."),
        ("[]", 'Send JSON objects with a "type".'),
        ('"since"', 'Send JSON objects with a "type".'),
        ({}, 'Send JSON objects with a "type".'),
        ({"type": 1}, 'Send JSON objects with a "type".'),
        ({"type": "speak"}, "There are frames of type since and ping."),
        ({"type": "since", "cursor": "yesterday"}, "A cursor is one that came with an event."),
        ({"type": "since", "cursor": "-1"}, "A cursor is one that came with an event."),
        ({"type": "since", "cursor": "²"}, "A cursor is one that came with an event."),
        ({"type": "since", "cursor": "9" * 19}, "A cursor is one that came with an event."),
        ({"type": "since", "cursor": 7}, "A cursor is one that came with an event."),
        ({"type": "since", "cursor": ["7"]}, "A cursor is one that came with an event."),
        (b'{"type": "ping"}', "Send text frames."),
    ],
)
async def test_what_cannot_be_understood_closes_it_with_a_code(
    server: AloudServer, ada: Guest, frame: object, reason: str
) -> None:
    async with tab(server.url, ada.cookies) as one:
        await one.say(frame)
        assert await one.closed() == (4400, reason)


async def test_no_cursor_is_that_of_who_has_heard_nothing_yet(server: AloudServer, ada: Guest) -> None:
    async with tab(server.url, ada.cookies) as one:
        for frame in ({"type": "since"}, {"type": "since", "cursor": None}, {"type": "since", "cursor": ""}):
            await one.say(frame)
            told = await one.hear()
            assert told["type"] == "caught-up"
            assert int(told["cursor"]) > 0


@pytest.mark.parametrize("frame", ["x" * (BOUNDS.frame_bytes + 1), "ü" * (BOUNDS.frame_bytes // 2 + 1)])
async def test_a_frame_that_is_too_big_closes_it(server: AloudServer, ada: Guest, frame: str) -> None:
    async with tab(server.url, ada.cookies) as one:
        await one.say(frame)
        assert await one.closed() == (1009, f"A frame has at most {BOUNDS.frame_bytes} bytes.")


async def test_a_flood_closes_it_and_is_answered_up_to_its_bound(server: AloudServer, ada: Guest) -> None:
    async with tab(server.url, ada.cookies) as one:
        with pytest.raises(ConnectionClosed) as closed:  # it may be closed while it still sends
            for _ in range(BOUNDS.frames_a_minute * 20):
                await one.say({"type": "ping"})
            while True:
                assert await one.hear() == {"type": "pong"}
        assert closed.value.rcvd is not None
        assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4429, "At most 120 frames a minute.")


async def test_so_many_frames_in_a_minute_are_no_flood(server: AloudServer, ada: Guest) -> None:
    async with tab(server.url, ada.cookies) as one:
        for _ in range(BOUNDS.frames_a_minute):
            await one.say({"type": "ping"})
        for _ in range(BOUNDS.frames_a_minute):
            assert await one.hear() == {"type": "pong"}


async def test_what_one_tab_does_is_nothing_to_another(server: AloudServer, ada: Guest) -> None:
    async with tab(server.url, ada.cookies) as good, tab(server.url, ada.cookies) as bad:
        await bad.say("nonsense")
        assert (await bad.closed())[0] == 4400
        await good.say({"type": "ping"})
        assert await good.hear() == {"type": "pong"}


async def test_a_tab_does_not_outlive_its_session_or_its_key(server: AloudServer) -> None:
    (fay,) = invite(server, "fay")
    revoke = "from accounts import keys, models; keys.revoke(models.ApiKey.objects.get(user__username='fay'))"
    async with (
        fay.browser(server) as browser,
        tab(server.url, fay.cookies) as page,
        tab(server.url, fay.bearer, origin=None) as program,
    ):
        signed_out = await browser.post("/accounts/logout/", headers={"Referer": f"{server.url}/"})
        assert signed_out.status_code == 302
        await asyncio.to_thread(server.manage, "shell", "--no-imports", "-c", revoke)
        assert (await page.closed())[0] == 4401
        assert await program.closed() == (4401, "This API key has been revoked.")


@contextmanager
def without(server: AloudServer, table: str) -> Iterator[None]:
    """The database as it is when something of it cannot be read."""
    with closing(sqlite3.connect(server.database, isolation_level=None)) as database:
        database.execute(f"ALTER TABLE {table} RENAME TO away")
        try:
            yield
        finally:
            database.execute(f"ALTER TABLE away RENAME TO {table}")


async def test_while_the_database_is_away_a_tab_is_asked_to_come_again(server: AloudServer, ada: Guest) -> None:
    async with tab(server.url, ada.cookies) as one:
        with without(server, "voice_spokenmessage"):
            await one.say({"type": "since", "cursor": "1"})
            assert await one.closed() == (1013, "What you missed cannot be looked up just now.")
    with without(server, "accounts_apikey"):
        async with tab(server.url, {"Authorization": "Bearer aloud_unknown"}, origin=None) as program:
            assert await program.closed() == (1013, "Come again in a moment.")


async def test_nothing_of_it_is_a_fault_of_ours(server: AloudServer, ada: Guest) -> None:
    async with tab(server.url, ada.cookies) as one:
        one.connection.transport.abort()
    async with tab(server.url, ada.cookies) as one:
        await one.missed()
    await asyncio.to_thread(server.stop)
    log = server.log.read_text()
    server.start()
    assert "Traceback" not in log
    assert "ERROR" not in log


@pytest.mark.django_db(transaction=True)
async def test_nobody_has_more_tabs_than_the_process_bears(user: User) -> None:
    key = (await sync_to_async(keys.create)(user, "test"))[1]
    scope = {
        "type": "websocket",
        "scheme": "ws",
        "path": "/ws/notifications",
        "headers": [(b"authorization", f"Bearer {key}".encode())],
    }
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    async with AsyncExitStack() as stack:
        for _ in range(MOST_TABS):
            await stack.enter_async_context(post().box(user.pk))
        await application(scope, receive, send)
    assert told == [
        {"type": "websocket.accept"},
        {"type": "websocket.close", "code": 4429, "reason": "At most 1000 tabs at once."},
    ]
