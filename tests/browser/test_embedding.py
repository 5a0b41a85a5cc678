"""The elements on a page of another site, in three engines."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2 as httpx
import pytest

from tests.browser.accessibility import accessibility_violations
from tests.browser.another_site import another_site
from tests.browser.chat import sign_in
from tests.browser.drivers.browser import Browser
from tests.processes import free_port
from tests.server import AloudServer


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where the other site is: at http://localhost it may speak with the server, at http://127.0.0.1 it may not."""
    port = free_port()
    origin = f"http://localhost:{port}"
    with AloudServer(tmp_path_factory.mktemp("aloud"), CORS_ALLOWED_ORIGINS=origin) as server:
        made = server.manage("create_api_key", "demo", "--name", "Another site", "--feature", "speech")
        key = made.split()[-1]
        headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
        spoken = httpx.post(f"{server.url}/tts", json={"text": "Signed and sent."}, headers=headers, timeout=30).json()
        folder = tmp_path_factory.mktemp("site")
        with another_site(folder, port, server.url, key, server.url + spoken["audio_url"]):
            yield port


@pytest.fixture
def page(browser: Browser, port: int) -> Browser:
    return opened(browser, f"http://localhost:{port}/")


def opened(browser: Browser, address: str) -> Browser:
    browser.open(address)
    browser.wait_for("document.querySelectorAll('speak-button:defined, speech-player:defined').length === 4")
    return browser


def wait_for_state(page: Browser, element: str, state: str) -> None:
    page.wait_for(f"document.querySelector('#{element}').dataset.state === '{state}'", timeout_s=30)


def told(page: Browser, element: str) -> list[str]:
    """What an element told, each kind once, in the order it came."""
    heard = page.evaluate(f"heard.filter(([id]) => id === '{element}').map(([, name]) => name)")
    return list(dict.fromkeys(heard))


def within(element: str, css: str) -> str:
    """Something in the shadow of an element."""
    return f"document.querySelector('#{element}').shadowRoot.querySelector('{css}')"


def test_a_text_of_the_page_is_heard_and_silenced_and_nothing_is_left_behind(page: Browser) -> None:
    page.click("#button")
    page.wait_for("document.querySelector('#button').currentTime > 0.3", timeout_s=30)
    assert page.evaluate(f"{within('button', 'button')}.ariaPressed") == "true"
    page.click("#button")
    wait_for_state(page, "button", "paused")
    assert told(page, "button")[:2] == ["playing", "timeupdate"]
    assert told(page, "button")[-1] == "pause"
    assert page.evaluate("Object.getOwnPropertyNames(window).filter(name => !before.includes(name))") == ["before"]
    assert page.evaluate("document.querySelectorAll('style, link[rel=stylesheet], audio').length") == 0
    assert page.console_errors() == []


def test_the_player_is_used_by_keyboard_seeks_and_ends(page: Browser) -> None:
    page.evaluate("document.querySelector('#player').focus()")
    page.press("Enter")
    page.wait_for("document.querySelector('#player').duration > 3", timeout_s=30)
    page.evaluate("void (document.querySelector('#player').playbackRate = 2)")
    page.press("Tab")
    page.press("End")
    page.wait_for("document.querySelector('#player').ended", timeout_s=30)
    wait_for_state(page, "player", "idle")
    assert " / 0:" in page.evaluate(f"{within('player', '.time')}.textContent")
    assert told(page, "player")[-1] == "ended"
    assert accessibility_violations(page) == []


def test_one_is_heard_at_a_time(page: Browser) -> None:
    page.click("#button")
    wait_for_state(page, "button", "playing")
    page.evaluate("document.querySelector('#player').play()")
    wait_for_state(page, "player", "playing")
    wait_for_state(page, "button", "paused")


def test_without_a_key_it_says_so(page: Browser) -> None:
    page.click("#keyless")
    wait_for_state(page, "keyless", "error")
    assert page.evaluate("heard.find(([id, name]) => id === 'keyless' && name === 'error')[2]") == "not_signed_in"
    assert page.evaluate(f"{within('keyless', '.error')}.innerText") == "Sign in first, or send an API key."


def test_a_site_that_is_not_listed_hears_what_is_signed_and_no_more(browser: Browser, port: int) -> None:
    page = opened(browser, f"http://127.0.0.1:{port}/")
    page.click("#button")
    wait_for_state(page, "button", "error")
    assert page.evaluate("document.querySelector('#button').error.code") == "unreachable"
    press_signed(page)
    page.wait_for("document.querySelector('#signed').currentTime > 0.3", timeout_s=30)


def press_signed(page: Browser) -> None:
    page.evaluate("document.querySelector('#signed').focus()")
    page.press("Enter")


def test_what_the_browser_does_not_allow_waits_for_a_press(page: Browser) -> None:
    page.evaluate("document.querySelector('#signed').play()")
    wait_for_state(page, "signed", "error")
    assert page.evaluate("document.querySelector('#signed').error.code") == "not_allowed"
    press_signed(page)
    page.wait_for("document.querySelector('#signed').currentTime > 0.3", timeout_s=30)
    assert page.evaluate(f"{within('signed', '.error')}.hidden")


def test_an_address_that_is_no_longer_good_is_told_and_another_is_heard(page: Browser) -> None:
    signed = page.evaluate("document.querySelector('#signed').getAttribute('src')")
    page.evaluate(f"document.querySelector('#signed').setAttribute('src', '{signed}0')")
    press_signed(page)
    wait_for_state(page, "signed", "error")
    assert page.evaluate("document.querySelector('#signed').error.code") == "not_there"
    page.evaluate(f"document.querySelector('#signed').setAttribute('src', '{signed}')")
    press_signed(page)
    page.wait_for("document.querySelector('#signed').currentTime > 0.3", timeout_s=30)


def test_the_example_speaks(browser: Browser, server: AloudServer) -> None:
    sign_in(browser, server.url)
    browser.open(f"{server.url}/embed/example")
    browser.wait_for("document.querySelector('speak-button:defined') !== null")
    browser.click("speak-button[src]")
    browser.wait_for("document.querySelector('speak-button[src]').currentTime > 0.3", timeout_s=30)
    assert "speak-button: playing" in browser.evaluate("document.querySelector('#told').innerText")
    key = server.manage("create_api_key", "demo", "--name", "Example", "--feature", "speech").split()[-1]
    browser.evaluate(
        f"(key => {{ key.value = '{key}'; key.dispatchEvent(new Event('input')); }})(document.querySelector('#key'))"
    )
    browser.click("speak-button.warm")
    browser.wait_for("document.querySelector('speak-button.warm').currentTime > 0.3", timeout_s=30)
    assert browser.console_errors() == []
