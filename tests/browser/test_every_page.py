"""No page breaks its own policy, logs an error, shuts somebody out or needs to be pushed sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.accessibility import accessibility_violations
from tests.browser.chat import Chat, sign_in
from tests.browser.drivers.browser import Browser
from tests.server import AloudServer

ANYBODY = ["/accounts/login/", "/accounts/signup/", "/schema/docs"]
SIGNED_IN = ["/calls", "/accounts/logout/", "/accounts/password/change/"]
ADMIN = ["/admin/", "/admin/accounts/user/", "/admin/voice/ttscache/", "/admin/accounts/user/add/"]
WIDTHS = (1280, 360)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def complaints(browser: Browser) -> Iterator[str]:
    """What is wrong with the page that is open, at each width."""
    path = browser.evaluate("location.pathname")
    for width in WIDTHS:
        browser.set_viewport(width, 800)
        yield from (f"{path} at {width} px: {found}" for found in accessibility_violations(browser))
        if browser.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield f"{path} at {width} px scrolls sideways"


def found_on(browser: Browser, server: AloudServer, paths: list[str]) -> list[str]:
    """What is wrong with these pages, and what they told the console."""
    found = []
    for path in paths:
        browser.open(server.url + path)
        assert browser.evaluate("location.pathname") == path
        found += complaints(browser)
    return found + browser.console_errors()


def test_pages_for_anybody(browser: Browser, server: AloudServer) -> None:
    assert found_on(browser, server, ANYBODY) == []


def test_pages_for_who_is_signed_in(browser: Browser, server: AloudServer) -> None:
    sign_in(browser, server.url)
    assert found_on(browser, server, SIGNED_IN) == []


def test_the_conversation_silent_and_speaking(browser: Browser, server: AloudServer) -> None:
    chat = Chat.demo(browser, server)
    silent = list(complaints(browser))
    chat.press(1)
    chat.wait_for_state(1, "playing")
    speaking = list(complaints(browser))
    assert silent + speaking + browser.console_errors() == []


def test_the_admin(browser: Browser, server: AloudServer) -> None:
    browser.open(f"{server.url}/admin/login/")
    browser.type_text("[name=username]", "admin")
    browser.type_text("[name=password]", "admin-aloud")
    browser.press("Enter")
    browser.wait_for("location.pathname !== '/admin/login/'")
    assert found_on(browser, server, ADMIN) == []


def test_what_is_not_there(browser: Browser, server: AloudServer) -> None:
    browser.open(f"{server.url}/nowhere")
    assert list(complaints(browser)) == []
