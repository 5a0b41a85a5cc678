"""Replies whose audio is made beside them: told to the right tabs, missed by none, and finished after a crash."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final
from uuid import UUID

import httpx2 as httpx
import pytest

from tests.audio import decoded_s
from tests.guests import Guest, invite
from tests.http import JSON
from tests.processes import free_port
from tests.server import AloudServer
from tests.tabs import PATIENCE_S, tab
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat

PORT: Final = free_port()
ONE_SECOND: Final = pytest.approx(1.0, abs=0.05)


@pytest.fixture
async def vendor() -> AsyncIterator[FakeVendors]:
    """It answers at an address that the server knows from its start."""
    async with FakeVendors(port=PORT) as fake:
        yield fake


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AloudServer]:
    settings = {
        "TTS_PROVIDER": "openai",
        "OPENAI_API_KEY": "sk-test",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{PORT}/openai/v1",
        "TTS_PROVIDER_TIMEOUT": "5",
        "TTS_RESPONSE_TIMEOUT": "0.1",
        "TTS_LEASE_SECONDS": "1",
    }
    with AloudServer(tmp_path_factory.mktemp("ready"), **settings) as running:
        yield running


@pytest.fixture(scope="module")
def guests(server: AloudServer) -> list[Guest]:
    return invite(server, "ada", "eve")


@pytest.fixture
def ada(guests: list[Guest]) -> Guest:
    return guests[0]


@pytest.fixture
def eve(guests: list[Guest]) -> Guest:
    return guests[1]


@pytest.fixture
async def browser(server: AloudServer, ada: Guest) -> AsyncIterator[httpx.AsyncClient]:
    """Ada's."""
    async with ada.browser(server) as client:
        yield client


async def say(browser: httpx.AsyncClient, who: Guest, text: str) -> dict[str, Any]:
    """Have the assistant say ``text``; its reply."""
    answer = await browser.post(f"/calls/{who.call}/messages", json={"text": f"say {text}"})
    assert answer.status_code == 201, answer.text
    reply: dict[str, Any] = answer.json()["reply"]
    return reply


async def until_asked(vendor: FakeVendors, times: int = 1) -> None:
    """Wait until the vendor was asked so often."""
    async with asyncio.timeout(PATIENCE_S):
        while len(vendor.heard) < times:
            await asyncio.sleep(0.01)


def row(server: AloudServer, message_id: str) -> tuple[str, int]:
    """How far the audio of a message is, and how often it was begun."""
    with sqlite3.connect(server.database) as database:
        asked = "SELECT state, attempts FROM voice_spokenmessage WHERE message_id = ?"
        state, attempts = database.execute(asked, [UUID(message_id).hex]).fetchone()
        return str(state), int(attempts)


async def test_every_tab_of_the_owner_hears_that_it_is_ready_and_nobody_elses(
    server: AloudServer, vendor: FakeVendors, ada: Guest, eve: Guest, browser: httpx.AsyncClient
) -> None:
    async with (
        tab(server.url, ada.cookies) as first,
        tab(server.url, ada.bearer, origin=None) as second,
        tab(server.url, eve.cookies) as hers,
    ):
        for one in (first, second, hers):
            await one.missed()
        reply = await say(browser, ada, "One for all.")
        assert (reply["audio_ready"], reply["audio_url"]) == (False, f"/tts/audio/{reply['id']}")
        told = await first.hear()
        assert await second.hear() == told
        assert told == {
            "type": "audio-ready",
            "message_id": reply["id"],
            "audio_url": reply["audio_url"],
            "duration": ONE_SECOND,
            "cursor": told["cursor"],
        }
        heard = await browser.get(told["audio_url"])
        assert heard.headers["X-Cache"] == "hit"
        assert decoded_s(heard.content, AudioFormat.MP3) == ONE_SECOND
        await hers.say({"type": "ping"})
        assert await hers.hear() == {"type": "pong"}
    assert len(vendor.heard) == 1


async def test_what_is_heard_before_it_is_ready_is_made_once(
    server: AloudServer, vendor: FakeVendors, ada: Guest, browser: httpx.AsyncClient
) -> None:
    vendor.hold.clear()
    async with tab(server.url, ada.cookies) as one:
        await one.missed()
        reply = await say(browser, ada, "Pressed at once.")
        async with browser.stream("GET", reply["audio_url"]) as pressed:
            assert pressed.headers["X-Cache"] == "joined"
            vendor.hold.set()
            data = b"".join([chunk async for chunk in pressed.aiter_bytes()])
        assert decoded_s(data, AudioFormat.MP3) == ONE_SECOND
        assert (await one.hear())["message_id"] == reply["id"]
    assert len(vendor.heard) == 1


async def test_what_was_missed_is_told_once_and_in_order(
    server: AloudServer, vendor: FakeVendors, ada: Guest, eve: Guest, browser: httpx.AsyncClient
) -> None:
    async with tab(server.url, ada.cookies) as one:
        cursor = (await one.missed())[-1]["cursor"]
    replies = []
    async with tab(server.url, ada.cookies) as watching:
        await watching.missed()
        for number in range(3):
            replies.append((await say(browser, ada, f"Missed number {number}."))["id"])
            await watching.hear()
    async with tab(server.url, ada.cookies) as again, tab(server.url, eve.cookies) as hers:
        *missed, caught_up = await again.missed(cursor)
        assert [(told["type"], told["message_id"]) for told in missed] == [("audio-ready", one) for one in replies]
        assert caught_up == {"type": "caught-up", "cursor": missed[-1]["cursor"]}
        assert await again.missed(missed[1]["cursor"]) == [missed[2], caught_up]
        assert await again.missed(caught_up["cursor"]) == [caught_up]
        assert await hers.missed(cursor) == [{"type": "caught-up", "cursor": cursor}]


async def test_a_tab_that_does_not_say_where_it_is_hears_what_was_settled_a_moment_ago(
    server: AloudServer, vendor: FakeVendors, ada: Guest, browser: httpx.AsyncClient
) -> None:
    async with tab(server.url, ada.cookies) as watching:
        await watching.missed()
        reply = await say(browser, ada, "While the page was loading.")
        await watching.hear()
    async with tab(server.url, ada.cookies) as fresh:
        told = await fresh.hear_until("caught-up")
        assert reply["id"] in [one.get("message_id") for one in told]


async def test_who_was_told_to_wait_hears_of_it_with_or_without_a_message(
    server: AloudServer, vendor: FakeVendors, ada: Guest, browser: httpx.AsyncClient
) -> None:
    vendor.hold.clear()
    async with tab(server.url, ada.cookies) as one:
        await one.missed()
        loose = await browser.post("/tts", json={"text": "Nobody's message."}, headers=JSON)
        assert (loose.status_code, loose.json()["audio_ready"]) == (202, False)
        vendor.hold.set()
        url = loose.json()["audio_url"]
        ready = {"type": "audio-ready", "message_id": None, "audio_url": url, "duration": ONE_SECOND}
        assert await one.hear() == ready
        assert (await browser.get(url)).headers["X-Cache"] == "hit"

        reply = await say(browser, ada, "Said anew.")
        await one.hear()
        vendor.hold.clear()
        asked = {"message_id": reply["id"], "speed": 1.5}
        other = await browser.post("/tts", json=asked, headers=JSON)
        assert other.status_code == 202
        vendor.hold.set()
        told = await one.hear()
        assert (told["message_id"], told["audio_url"]) == (reply["id"], other.json()["audio_url"])


async def test_what_cannot_be_said_is_told_to_have_failed(
    server: AloudServer, vendor: FakeVendors, ada: Guest, browser: httpx.AsyncClient
) -> None:
    async with tab(server.url, ada.cookies) as one:
        await one.missed()
        reply = await say(browser, ada, "🎉🎉")
        told = await one.hear()
        assert (told["type"], told["message_id"], told["error"]["code"]) == (
            "audio-failed",
            reply["id"],
            "nothing_to_say",
        )


async def test_killed_while_it_speaks_it_finishes_after_the_restart(
    server: AloudServer, vendor: FakeVendors, ada: Guest, browser: httpx.AsyncClient
) -> None:
    async with tab(server.url, ada.cookies) as one:
        cursor = (await one.missed())[-1]["cursor"]
    vendor.hold.clear()
    reply = await say(browser, ada, "To be continued.")
    await until_asked(vendor)
    assert row(server, reply["id"]) == ("making", 1)
    server.kill()
    vendor.hold.set()
    await asyncio.to_thread(server.restart)
    async with tab(server.url, ada.cookies) as again:
        await again.say({"type": "since", "cursor": cursor})
        told = await again.hear_until("audio-ready")
        assert (told[-1]["message_id"], told[-1]["duration"]) == (reply["id"], ONE_SECOND)
    assert row(server, reply["id"]) == ("ready", 2)
    heard = await browser.get(reply["audio_url"])
    assert heard.headers["X-Cache"] == "hit"
    assert decoded_s(heard.content, AudioFormat.MP3) == ONE_SECOND
    assert len(vendor.heard) == 2


async def test_stopped_politely_it_says_the_word_it_is_saying_and_the_next_process_tells_of_it(
    server: AloudServer, vendor: FakeVendors, ada: Guest, browser: httpx.AsyncClient
) -> None:
    async with tab(server.url, ada.cookies) as one:
        cursor = (await one.missed())[-1]["cursor"]
        vendor.hold.clear()
        reply = await say(browser, ada, "Before the end.")
        await until_asked(vendor)
        stopping = asyncio.create_task(asyncio.to_thread(server.stop))
        assert (await one.closed())[0] == 1012
        vendor.hold.set()
        await stopping
    await asyncio.to_thread(server.start)
    async with tab(server.url, ada.cookies) as again:
        await again.say({"type": "since", "cursor": cursor})
        assert (await again.hear_until("audio-ready"))[-1]["message_id"] == reply["id"]
    assert len(vendor.heard) == 1


async def test_the_text_does_not_wait_for_a_vendor_that_hangs(
    server: AloudServer, vendor: FakeVendors, ada: Guest, browser: httpx.AsyncClient
) -> None:
    vendor.misbehave("openai", "hang")
    async with tab(server.url, ada.cookies) as one:
        await one.missed()
        reply = await say(browser, ada, "Here at once.")
        assert (reply["text"], reply["audio_ready"]) == ("Here at once.", False)
        assert row(server, reply["id"])[0] == "making"
        told = await one.hear()
        assert (told["type"], told["message_id"], told["error"]["code"]) == (
            "audio-failed",
            reply["id"],
            "all_providers_failed",
        )
    assert row(server, reply["id"])[0] == "failed"
