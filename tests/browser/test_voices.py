"""The voices page in three engines: voices are heard, and chosen for a conversation and for everything."""

from __future__ import annotations

from itertools import count

import pytest

from tests.browser.accessibility import accessibility_violations
from tests.browser.chat import Chat
from tests.browser.drivers.browser import Browser
from tests.browser.people import Person
from tests.server import AloudServer

BRIGHT = "[data-voice='local:bright']"

_number = count()


@pytest.fixture
def chat(browser: Browser, server: AloudServer) -> Chat:
    """The conversation of somebody new."""
    person = Person(f"chooser-{next(_number)}").move_in(server)
    return Chat.of(browser, server, person.name, person.password)


@pytest.fixture
def page(chat: Chat) -> Browser:
    """The voices, as the chat leads there."""
    chat.browser.click("a[aria-label='Voice of this conversation']")
    chat.browser.wait_for("location.pathname === '/voices' && document.querySelector('voice-shelf:defined') !== null")
    return chat.browser


def state(page: Browser) -> str:
    return str(page.evaluate(f'document.querySelector("{BRIGHT}").dataset.state'))


def back_in(chat: Chat) -> None:
    chat.browser.click(".way-back")
    chat.browser.wait_for("location.pathname.endsWith('/messages')")
    chat.wait_until_alive()


def voice_of(chat: Chat, reply: int) -> str:
    """Whose voice the audio of a reply is in."""
    address = f'document.querySelector("{chat.player(reply)}").getAttribute("src")'
    return str(chat.browser.evaluate(f"fetch({address}).then(answer => answer.headers.get('X-Voice'))"))


def test_a_voice_is_heard_and_stopped(page: Browser) -> None:
    page.click(f"{BRIGHT} .speak")
    page.wait_for("document.querySelector('voice-shelf audio').currentTime > 0.2", timeout_s=30)
    assert state(page) == "playing"
    assert accessibility_violations(page) == []
    page.click(f"{BRIGHT} .speak")
    page.wait_for(f'document.querySelector("{BRIGHT}").dataset.state === "idle"')
    assert page.evaluate("document.querySelector('voice-shelf audio').paused")
    assert page.console_errors() == []


def test_a_voice_is_chosen_for_a_conversation_heard_there_and_given_back(chat: Chat, page: Browser) -> None:
    page.click(f"{BRIGHT} [data-action=call]")
    page.wait_for(
        "document.querySelector('voice-shelf [role=status]').textContent === 'Bright reads this conversation.'"
    )
    back_in(chat)
    assert voice_of(chat, 0) == "local:bright"

    page.click("a[aria-label='Voice of this conversation']")
    page.wait_for(f"document.querySelector(\"{BRIGHT} [data-action=call][aria-pressed='true']\") !== null")
    page.wait_for("document.querySelector('voice-shelf:defined') !== null")
    page.click(f"{BRIGHT} [data-action=call]")
    page.wait_for("/as all others/.test(document.querySelector('voice-shelf [role=status]').textContent)")
    back_in(chat)
    assert voice_of(chat, 0) == "local:heart"
    assert page.console_errors() == []


def test_a_voice_is_chosen_for_everything_by_keyboard(chat: Chat, page: Browser) -> None:
    page.evaluate(f'document.querySelector("{BRIGHT} [data-action=default]").focus()')
    page.press("Enter")
    page.wait_for("/from now on/.test(document.querySelector('voice-shelf [role=status]').textContent)")
    back_in(chat)
    assert voice_of(chat, 1) == "local:bright"


def test_what_is_refused_is_told_beside_the_voice(page: Browser) -> None:
    page.evaluate(
        "void (document.querySelector('voice-shelf').dataset.call = '/calls/00000000-0000-4000-8000-000000000000')"
    )
    page.click(f"{BRIGHT} [data-action=call]")
    page.wait_for(f'!document.querySelector("{BRIGHT} .alarm").hidden')
    assert page.evaluate(f'document.querySelector("{BRIGHT} .alarm").textContent') == "There is no such conversation."
    assert page.evaluate(f'document.querySelector("{BRIGHT} [data-action=call]").ariaPressed') == "false"


def test_voices_are_found_by_language(page: Browser) -> None:
    page.evaluate("void (document.querySelector('[name=language]').value = 'en')")
    page.click(".voice-filter button")
    page.wait_for("location.search.includes('language=en') && document.readyState === 'complete'")
    assert page.evaluate("document.querySelectorAll('[data-voice]').length") > 1
    assert page.evaluate("document.querySelector('[name=language]').value") == "en"
    assert page.evaluate("document.querySelector('[data-action=call]') !== null")
