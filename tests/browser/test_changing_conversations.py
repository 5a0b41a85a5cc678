"""Conversations come and go above the player, which goes on: history, titles and focus are as after a new page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from tests.browser.chat import Chat, sign_in
from tests.browser.drivers.browser import Browser
from tests.browser.people import Person
from tests.server import AloudServer

OTHER = ".conversations a:not([aria-current])"
TO_BE_HEARD = "[...document.links].find(link => link.innerText.includes('To be heard')).pathname"
EMPTY = "document.querySelector('.beginning') !== null"
PLAYER = "document.querySelector('speech-player')"


@cache
def mover(engine: str, server: AloudServer) -> Person:
    return Person(f"mover-{engine}", more=" Nobody hears the end of it." * 20).move_in(server)


@pytest.fixture
def chat(browser: Browser, server: AloudServer) -> Iterator[Chat]:
    """A conversation that is being read aloud, and a newer one that is empty. Nothing is loaded anew in between."""
    person = mover(type(browser).__name__, server)
    sign_in(browser, server.url, person.name, person.password)
    browser.wait_for("document.querySelector('new-conversation:defined') !== null")
    browser.click("new-conversation button")
    browser.wait_for(EMPTY)
    browser.evaluate("window.stays = 'this page'")
    browser.click(f"a[href='{browser.evaluate(TO_BE_HEARD)}']")
    chat = Chat(browser)
    chat.wait_until_alive()
    chat.press(1)
    chat.wait_for_state(1, "playing")
    yield chat
    assert browser.evaluate("window.stays") == "this page"
    assert browser.console_errors() == []


def second_heard(browser: Browser) -> float:
    return float(browser.evaluate(f"{PLAYER}.way.position"))


def leave(browser: Browser) -> None:
    """Go to the empty conversation."""
    browser.click(OTHER)
    browser.wait_for(EMPTY)


def test_the_player_goes_on(chat: Chat) -> None:
    browser = chat.browser
    leave(browser)
    heard = second_heard(browser)
    browser.wait_for(f"{PLAYER}.way.position > {heard + 0.5}")
    assert browser.evaluate(f"{PLAYER}.state") == "playing"
    assert browser.evaluate("document.querySelectorAll('audio').length") == 1


def test_title_address_and_focus_are_those_of_the_page_that_is_shown(chat: Chat) -> None:
    browser = chat.browser
    demo = browser.evaluate("[document.title, location.pathname]")
    leave(browser)
    title, path = browser.evaluate("[document.title, location.pathname]")
    assert title.startswith("New conversation")
    assert path != demo[1]
    assert browser.evaluate("document.activeElement.id") == "draft"
    assert browser.evaluate("document.querySelector('.conversations [aria-current]').pathname") == path


def test_the_way_back_leads_to_the_message_that_is_heard(chat: Chat) -> None:
    browser = chat.browser
    leave(browser)
    browser.evaluate("history.back()")
    browser.wait_for("document.querySelectorAll('message-player').length >= 3")
    chat.wait_for_state(1, "playing")
    assert browser.evaluate("document.activeElement.tagName") == "H1"


def test_the_title_in_the_bar_leads_to_its_message(chat: Chat) -> None:
    browser = chat.browser
    leave(browser)
    browser.click("speech-player .what .title")
    browser.wait_for("document.querySelectorAll('message-player').length >= 3")
    browser.wait_for("document.activeElement.matches('article:has([data-state=playing])')")


def test_a_draft_is_there_when_its_writer_comes_back(chat: Chat) -> None:
    browser = chat.browser
    browser.type_text("#draft", "Half a thought")
    leave(browser)
    assert browser.evaluate("document.querySelector('#draft').value") == ""
    browser.evaluate("history.back()")
    browser.wait_for("document.querySelector('#draft').value === 'Half a thought'")


def test_renaming_changes_the_name_and_nothing_else(chat: Chat) -> None:
    browser = chat.browser
    leave(browser)
    browser.click("conversation-editor [data-action=open]")
    browser.type_text("#title", " of mine")
    browser.press("Enter")
    browser.wait_for("document.querySelector('main h1').textContent.includes('of mine')")
    assert "of mine" in browser.evaluate("document.querySelector('.conversations [aria-current]').textContent")
    assert browser.evaluate(f"{PLAYER}.state") == "playing"


def test_with_a_conversation_goes_what_is_heard_of_it(chat: Chat) -> None:
    browser = chat.browser
    leave(browser)
    browser.type_text("#draft", "Tell me a story")
    browser.press("Enter")
    browser.wait_for("document.querySelectorAll('message-player').length === 1")
    chat.press(0)
    chat.wait_for_state(0, "playing")
    browser.click("conversation-editor [data-action=open]")
    for _ in range(2):
        browser.click("conversation-editor [data-action=delete]")
    browser.wait_for("location.pathname === '/calls' && !document.querySelector('chat-log')")
    assert browser.evaluate(f"[{PLAYER}.state, {PLAYER}.item, {PLAYER}.hidden]") == ["idle", None, True]


def test_a_page_that_cannot_be_had_leaves_all_as_it_is(chat: Chat) -> None:
    browser = chat.browser
    path = browser.evaluate("location.pathname")
    browser.evaluate("[window.online, window.fetch] = [fetch, () => Promise.reject(new TypeError('offline'))], null")
    browser.click(OTHER)
    browser.wait_for("!document.querySelector('page-failure failure-notice').hidden")
    assert browser.evaluate("location.pathname") == path
    assert browser.evaluate(f"{PLAYER}.state") == "playing"
    browser.evaluate("window.fetch = window.online, null")
    browser.click("page-failure [data-action=retry]")
    browser.wait_for(EMPTY)
    assert browser.evaluate("document.querySelector('page-failure failure-notice').hidden") is True
