"""The admin as each role uses it: what is changed there bites in the chat, and who only looks changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count

import pytest

from tests.browser.chat import Chat
from tests.browser.drivers.browser import Browser
from tests.browser.drivers.chromium import chromium
from tests.browser.people import PASSWORD, Person
from tests.server import AloudServer

pytestmark = pytest.mark.parametrize("engine", [chromium])  # forms and links of Django's own: one engine tells

ENOUGH = 100_000


_number = count()


def named(what: str) -> str:
    """A name nobody has yet."""
    return f"{what}-{next(_number)}"


@pytest.fixture
def listener(server: AloudServer) -> Person:
    """Somebody with a quota that is enough for now."""
    return Person(named("listener"), quota={"characters_per_day": ENOUGH}).move_in(server)


@pytest.fixture
def keeper(server: AloudServer) -> Person:
    return Person(named("keeper"), groups=("Speech admins",)).move_in(server)


@pytest.fixture
def onlooker(server: AloudServer) -> Person:
    return Person(named("onlooker"), groups=("Speech staff",)).move_in(server)


@pytest.fixture(autouse=True)
def flags_stay_on(server: AloudServer) -> Iterator[None]:
    """Whatever becomes of a test, the others on this server can speak."""
    yield
    with closing(sqlite3.connect(server.database, isolation_level=None)) as database:
        database.execute("UPDATE accounts_flag SET everyone = 1")


@pytest.fixture(autouse=True)
def no_violations(browser: Browser) -> Iterator[None]:
    yield
    assert [error for error in browser.console_errors() if "Security" in error and "olicy" in error] == []


def enter(browser: Browser, server: AloudServer, name: str, password: str = PASSWORD) -> None:
    """Sign in to the admin, in place of whoever was there."""
    leave(browser, server)
    browser.open(f"{server.url}/admin/login/")
    browser.type_text("[name=username]", name)
    browser.type_text("[name=password]", password)
    browser.press("Enter")
    browser.wait_for("location.pathname === '/admin/'")


def leave(browser: Browser, server: AloudServer) -> None:
    """Sign out, if somebody is signed in."""
    browser.open(f"{server.url}/accounts/logout/")
    if browser.evaluate("location.pathname === '/accounts/logout/'"):
        browser.click("main form button")
        browser.wait_for("location.pathname === '/accounts/login/'")


def open_row(browser: Browser, server: AloudServer, model: str, words: str) -> None:
    """The form of the row that is found by ``words``."""
    browser.open(f"{server.url}/admin/{model}/?q={words}")
    browser.click("#result_list tbody th a")
    browser.wait_for("location.pathname.endsWith('/change/') && document.readyState === 'complete'")


def write(browser: Browser, field: str, value: str) -> None:
    """Have ``value`` in a field, in place of what is there."""
    browser.evaluate(f"void (document.querySelector('[name={field}]').value = '')")
    browser.type_text(f"[name={field}]", value)


def choose(browser: Browser, field: str, value: str) -> None:
    """Choose from a list, whose own pop-up no driver opens."""
    listed = f"document.querySelector('select[name={field}]')"
    browser.evaluate(
        f"void ({listed}.value = '{value}', {listed}.dispatchEvent(new Event('change', {{bubbles: true}})))"
    )


def save(browser: Browser) -> None:
    browser.click("[name=_save]")
    browser.wait_for("document.querySelector('.messagelist .success') !== null")


def test_a_speech_admin_changes_a_quota_and_it_bites(
    browser: Browser, server: AloudServer, listener: Person, keeper: Person
) -> None:
    chat = Chat.of(browser, server, listener.name, listener.password)
    assert chat.fetch_audio(0)[0] == "miss"

    enter(browser, server, keeper.name)
    open_row(browser, server, "accounts/quota", listener.name)
    assert "of 100,000" in browser.evaluate("document.querySelector('.bars').innerText")
    write(browser, "characters_per_day", "5")
    save(browser)

    leave(browser, server)
    chat = Chat.of(browser, server, listener.name, listener.password)
    chat.press(1)
    assert "Too little is left of today" in chat.refusal(1)[0]
    chat.press(0)
    chat.wait_for_state(0, "playing")


def test_a_speech_admin_flips_a_flag_and_speech_is_off_and_on_again(
    browser: Browser, server: AloudServer, listener: Person, keeper: Person
) -> None:
    flip(browser, server, keeper, "false")
    chat = Chat.of(browser, server, listener.name, listener.password)
    chat.press(0)
    assert "This is switched off for your account." in chat.refusal(0)[0]

    flip(browser, server, keeper, "true")
    chat = Chat.of(browser, server, listener.name, listener.password)
    chat.press(0)
    chat.wait_for_state(0, "playing")


def flip(browser: Browser, server: AloudServer, keeper: Person, on: str) -> None:
    """Have ``keeper`` switch speech on or off for everybody, and leave."""
    enter(browser, server, keeper.name)
    open_row(browser, server, "accounts/flag", "speech")
    choose(browser, "everyone", on)
    save(browser)
    leave(browser, server)


def test_a_speech_admin_plays_a_row_of_the_cache_and_forgets_it(
    browser: Browser, server: AloudServer, listener: Person, keeper: Person
) -> None:
    chat = Chat.of(browser, server, listener.name, listener.password)
    chat.press(0)
    chat.wait_for_state(0, "idle", timeout_s=60)
    assert chat.fetch_audio(0)[0] == "hit"

    enter(browser, server, keeper.name)
    browser.open(f"{server.url}/admin/voice/ttscache/")
    assert play_first(browser)
    key = browser.evaluate("document.querySelector('#result_list tbody th a').pathname.split('/').at(-3)")
    browser.click("#result_list tbody .action-select")
    choose(browser, "action", "delete_selected")
    browser.click("button[name=index]")
    browser.click(".delete-selected-confirmation form input[type=submit]")
    browser.wait_for("document.querySelector('.messagelist .success') !== null")
    assert key not in browser.evaluate("document.querySelector('#content').innerHTML")
    leave(browser, server)
    assert Chat.of(browser, server, listener.name, listener.password).fetch_audio(0)[0] == "miss"


def play_first(browser: Browser) -> bool:
    """Play the first row; whether it was heard."""
    browser.click("#content h1")  # whoever has pressed something may start sound
    started = "document.querySelector('#result_list audio').play().then(() => true, error => error.name)"
    assert browser.evaluate(started) is True
    browser.wait_for("document.querySelector('#result_list audio').currentTime > 0.2")
    return True


def test_who_only_looks_sees_all_and_changes_nothing(
    browser: Browser, server: AloudServer, listener: Person, onlooker: Person
) -> None:
    enter(browser, server, onlooker.name)
    open_row(browser, server, "accounts/quota", listener.name)
    assert "of 100,000" in browser.evaluate("document.querySelector('.bars').innerText")
    assert browser.evaluate("document.querySelector('[name=_save], .deletelink')") is None
    browser.open(f"{server.url}/admin/voice/ttscache/")
    assert browser.evaluate("document.querySelector('select[name=action], .addlink')") is None
    browser.open(f"{server.url}/admin/accounts/quota/add/")
    assert browser.evaluate("document.querySelector('h1').innerText") == "This is not yours to open."


def test_a_superuser_puts_somebody_on_another_plan(browser: Browser, server: AloudServer, listener: Person) -> None:
    enter(browser, server, "admin", "admin-aloud")
    open_row(browser, server, "accounts/user", listener.name)
    trial = browser.evaluate(
        "[...document.querySelectorAll('[name=plan] option')].find(one => one.text === 'Trial').value"
    )
    choose(browser, "plan", str(trial))
    save(browser)
    leave(browser, server)
    Chat.of(browser, server, listener.name, listener.password)
    browser.open(f"{server.url}/account")
    told = browser.evaluate("document.querySelector('main').innerText")
    assert "Trial plan" in told
    assert "Your trial ends in" in told
