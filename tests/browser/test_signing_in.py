"""Signing up, in and out, in all three engines."""

from __future__ import annotations

from tests.browser.accessibility import accessibility_violations
from tests.browser.chat import sign_in
from tests.browser.drivers.browser import Browser
from tests.server import AloudServer

PASSWORD = "a long walk in the rain"


def test_somebody_new_signs_up_signs_out_and_comes_back(browser: Browser, server: AloudServer) -> None:
    name = f"new-{type(browser).__name__.lower()}"
    browser.open(f"{server.url}/accounts/signup/")
    browser.type_text("[name=username]", name)
    browser.type_text("[name=password1]", PASSWORD)
    browser.type_text("[name=password2]", PASSWORD)
    browser.press("Enter")
    browser.wait_for("location.pathname === '/calls'")
    assert name in browser.evaluate("document.body.innerText")

    browser.click("form[action='/accounts/logout/'] button")
    browser.wait_for("location.pathname === '/accounts/login/'")
    browser.open(f"{server.url}/calls")
    browser.wait_for("location.pathname === '/accounts/login/'")

    sign_in(browser, server.url, name, PASSWORD)
    assert browser.console_errors() == []


def test_a_wrong_password_is_told_in_words(browser: Browser, server: AloudServer) -> None:
    browser.open(f"{server.url}/accounts/login/")
    browser.type_text("[name=login]", "demo")
    browser.type_text("[name=password]", "not the password")
    browser.press("Enter")
    browser.wait_for("document.querySelector('[role=alert], .errorlist')?.innerText.includes('password')")
    assert browser.evaluate("location.pathname") == "/accounts/login/"


def test_who_guesses_is_told_when_to_come_back(browser: Browser, server: AloudServer) -> None:
    name = f"guessed-{type(browser).__name__.lower()}"
    for _ in range(6):
        browser.open(f"{server.url}/accounts/login/")
        browser.evaluate("window.sent = true")
        browser.type_text("[name=login]", name)
        browser.type_text("[name=password]", "a guess")
        browser.press("Enter")
        browser.wait_for("!window.sent && document.readyState === 'complete'")
    assert browser.evaluate("document.querySelector('h1').innerText") == "That was a little fast."
    assert "then try again" in browser.evaluate("document.querySelector('main').innerText")
    assert accessibility_violations(browser) == []
