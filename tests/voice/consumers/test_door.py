"""Who may open a WebSocket, from where, and how the others are sent away."""

from __future__ import annotations

import pytest
from websockets.exceptions import InvalidStatus

from tests.guests import Guest
from tests.server import AloudServer
from tests.tabs import Tab, tab


async def answers(one: Tab) -> bool:
    await one.say({"type": "ping"})
    return await one.hear() == {"type": "pong"}


async def test_a_page_of_ours_opens_it_with_its_session(server: AloudServer, ada: Guest) -> None:
    async with tab(server.url, ada.cookies) as one:
        assert await answers(one)


async def test_a_program_opens_it_with_a_key_and_from_nowhere(server: AloudServer, ada: Guest) -> None:
    async with tab(server.url, ada.bearer, origin=None) as one:
        assert await answers(one)


async def test_a_stranger_is_told_to_sign_in(server: AloudServer) -> None:
    async with tab(server.url, {}) as one:
        assert await one.closed() == (4401, "Sign in first, or send an API key.")


@pytest.mark.parametrize("cookie", ["sessionid=nobody", "sessionid=", "sessionid=\\377"])
async def test_so_is_who_comes_with_a_session_that_has_ended(server: AloudServer, cookie: str) -> None:
    async with tab(server.url, {"Cookie": cookie}) as one:
        assert (await one.closed())[0] == 4401


async def test_so_is_who_comes_with_a_key_that_is_none(server: AloudServer) -> None:
    async with tab(server.url, {"Authorization": "Bearer aloud_none"}, origin=None) as one:
        assert await one.closed() == (4401, "There is no such API key.")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1", "https://127.0.0.1:1", "null", "http://[", None]
)
async def test_a_page_of_somebody_elses_cannot_use_the_session(
    server: AloudServer, ada: Guest, origin: str | None
) -> None:
    async with tab(server.url, ada.cookies, origin=origin) as one:
        assert await one.closed() == (4403, "Open it from a page of ours, or with an API key.")


async def test_there_is_no_door_at_any_other_address(server: AloudServer, ada: Guest) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with tab(server.url, ada.cookies, path="/ws/elsewhere"):
            pass
    assert refused.value.response.status_code == 403


async def test_http_does_not_get_in(server: AloudServer, ada: Guest) -> None:
    async with ada.browser(server) as browser:
        assert (await browser.get("/ws/notifications")).status_code == 404
