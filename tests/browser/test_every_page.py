"""No page breaks its own policy, logs an error, shuts somebody out or needs to be pushed sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.accessibility import accessibility_violations
from tests.browser.chat import Chat, sign_in
from tests.browser.drivers.browser import Browser
from tests.browser.drivers.chromium import chromium
from tests.browser.drivers.firefox import firefox
from tests.browser.drivers.webkit import webkit
from tests.browser.people import Person
from tests.server import AloudServer

ANYBODY = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/admin/login/", "/schema/docs"]
SIGNED_IN = [
    "/calls",
    "/voices",
    "/embed/example",
    "/account",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/email/",
]
WIDTHS = (1280, 360)

# What Django's own admin templates and scripts do, and ours cannot change: three icons sized in rem by an attribute,
# which WebKit complains of (a style sheet sizes them too), and a label on the help sign of the widget for many choices.
DJANGOS_OWN = ("Invalid value for <svg> attribute", ".help-tooltip")


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
    """What is wrong with these pages, and what they told the console; but for what is Django's."""
    found: list[str] = []
    for path in paths:
        browser.open(server.url + path)
        assert browser.evaluate("location.pathname") == path
        found += complaints(browser)
    found += browser.console_errors()
    return [complaint for complaint in found if not any(own in complaint for own in DJANGOS_OWN)]


def nothing_is_wrong(found: list[str]) -> None:
    assert found == [], "\n".join(found)


def test_pages_for_anybody(browser: Browser, server: AloudServer) -> None:
    nothing_is_wrong(found_on(browser, server, ANYBODY))


def test_pages_for_who_is_signed_in(browser: Browser, server: AloudServer) -> None:
    sign_in(browser, server.url)
    nothing_is_wrong(found_on(browser, server, SIGNED_IN))


def test_the_conversation_silent_and_speaking(browser: Browser, server: AloudServer) -> None:
    chat = Chat.demo(browser, server)
    silent = list(complaints(browser))
    chat.press(1)
    chat.wait_for_state(1, "playing")
    speaking = list(complaints(browser))
    nothing_is_wrong(silent + speaking + browser.console_errors())


def test_a_key_that_was_just_made(browser: Browser, server: AloudServer) -> None:
    sign_in(browser, server.url)
    browser.open(f"{server.url}/account")
    browser.evaluate("void (document.querySelector('.new-key').open = true)")
    browser.type_text("[name=name]", "My laptop")
    browser.press("Enter")
    browser.wait_for("document.querySelector('copy-once:defined') !== null")
    nothing_is_wrong([*complaints(browser), *browser.console_errors()])


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("engine", "dark"), [(chromium, False), (firefox, True), (webkit, False)])  # minutes each
def test_the_admin_of_a_superuser(browser: Browser, server: AloudServer) -> None:
    enter_admin(browser, server, "admin", "admin-aloud")
    nothing_is_wrong(found_on(browser, server, ["/admin/", *admin_pages(browser, server)]))


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("engine", "dark"), [(chromium, True)])  # the same sheets as a superuser's
def test_the_admin_of_who_only_looks(browser: Browser, server: AloudServer, onlooker: Person) -> None:
    enter_admin(browser, server, onlooker.name, onlooker.password)
    nothing_is_wrong(found_on(browser, server, ["/admin/", *admin_pages(browser, server)]))


@pytest.fixture(scope="module")
def onlooker(server: AloudServer) -> Person:
    return Person("page-turner", groups=("Speech staff",), quota={"characters_per_day": 9}).move_in(server)


def enter_admin(browser: Browser, server: AloudServer, name: str, password: str) -> None:
    """Sign in to the admin, and see its front page."""
    browser.open(f"{server.url}/admin/login/")
    browser.type_text("[name=username]", name)
    browser.type_text("[name=password]", password)
    browser.press("Enter")
    browser.wait_for("location.pathname === '/admin/' && document.readyState === 'complete'")


def admin_pages(browser: Browser, server: AloudServer) -> list[str]:
    """What the open front page leads to: each list and each empty form; and of each list's first row all there is."""
    found: list[str] = links(browser, "#content-main a, .dashboard-link a")
    rows: set[str] = set()
    tools: set[str] = set()
    for path in found:
        browser.open(server.url + path)
        rows.update(links(browser, "#result_list tbody tr:first-child th a"))
        tools.update(links(browser, ".object-tools a"))
    for path in rows:
        browser.open(server.url + path)
        tools.update(links(browser, ".object-tools a, .deletelink"))
    mine = f"{server.url}/admin/"
    return sorted(path for path in {*found, *rows, *tools} if f"{server.url}{path}".startswith(mine))


def links(browser: Browser, css: str) -> list[str]:
    """Where the matching links of the open page lead."""
    led: list[str] = browser.evaluate(f"[...document.querySelectorAll('{css}')].map(a => a.pathname)")
    return led


def test_what_is_not_there(browser: Browser, server: AloudServer) -> None:
    browser.open(f"{server.url}/nowhere")
    nothing_is_wrong(list(complaints(browser)))
