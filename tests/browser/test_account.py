"""The account page in three engines: a voice is heard and chosen, a key is made, copied, used and revoked."""

from __future__ import annotations

from http import HTTPStatus
from itertools import count

import httpx2 as httpx
import pytest

from tests.browser.chat import sign_in
from tests.browser.drivers.browser import Browser
from tests.browser.people import Person
from tests.server import AloudServer

_number = count()


@pytest.fixture
def page(browser: Browser, server: AloudServer) -> Browser:
    """The account page of somebody new, as the name at the top leads there."""
    person = Person(f"owner-{next(_number)}").move_in(server)
    sign_in(browser, server.url, person.name, person.password)
    browser.click("nav a[data-account]")
    browser.wait_for("location.pathname === '/account' && document.readyState === 'complete'")
    return browser


def text(page: Browser) -> str:
    return str(page.evaluate("document.querySelector('main').innerText"))


def answer_to(server: AloudServer, key: str) -> int:
    """How a program with ``key`` is answered."""
    return httpx.get(f"{server.url}/tts/voices", headers={"Authorization": f"Bearer {key}"}).status_code


def test_a_key_is_made_shown_once_used_and_revoked(page: Browser, server: AloudServer) -> None:
    page.evaluate("void (document.querySelector('.new-key').open = true)")
    page.type_text("[name=name]", "My laptop")
    page.press("Enter")
    page.wait_for("document.querySelector('copy-once:defined') !== null")
    key = page.evaluate("document.querySelector('copy-once code').textContent")
    page.click("copy-once button")
    page.wait_for("/Copied|Selected/.test(document.querySelector('copy-once [role=status]').textContent)")
    assert answer_to(server, key) == HTTPStatus.OK

    page.open(page.evaluate("location.href"))
    assert "My laptop" in text(page)
    assert key not in page.evaluate("document.documentElement.innerHTML")

    page.click(".keys summary")
    page.click(".keys form button")
    page.wait_for("document.querySelector('.message-of-ours')?.innerText.includes('is revoked') ?? false")
    assert answer_to(server, key) == HTTPStatus.UNAUTHORIZED
    assert page.console_errors() == []


def test_a_voice_is_heard_and_then_chosen(page: Browser) -> None:
    page.evaluate("void (document.querySelector('select[name=voice]').value = 'local:bright')")
    page.click("voice-sample [data-action=listen]")
    page.wait_for("document.querySelector('voice-sample audio').currentTime > 0.2", timeout_s=30)
    assert page.evaluate("document.querySelector('voice-sample audio').currentSrc").endswith("/local%3Abright/sample")
    page.click("section[aria-labelledby=voice] form button:not([type])")
    page.wait_for("document.querySelector('.message-of-ours')?.innerText === 'Your voice is changed.'")
    assert page.evaluate("document.querySelector('select[name=voice]').value") == "local:bright"
    assert page.console_errors() == []


def test_what_is_left_is_told(page: Browser) -> None:
    assert "Standard plan" in text(page)
    assert "0 of 200,000 characters used" in text(page)
    assert page.evaluate("[...document.querySelectorAll('meter')].map(bar => bar.value)") == [0] * 5
