"""Who cannot hear something is told why in the page, when it can be heard, and what they can do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.chat import Chat
from tests.browser.drivers.browser import Browser
from tests.browser.people import Person
from tests.processes import free_port
from tests.redis_server import RedisServer
from tests.server import AloudServer
from voice.calls.demo import PASSWORD, USERNAME

VOICELESS = "void Object.defineProperty(window, 'speechSynthesis', {value: null, configurable: true})"
"""A browser that has a voice of its own speaks in the server's place, and nobody has to be told anything."""

TRY, ACCOUNT = "Try again", "See your account"


def says(told: str, *words: str) -> None:
    for part in words:
        assert part in told, told


def person(server: AloudServer, browser: Browser, what: str, **limits: object) -> Person:
    """Somebody new for each engine, for limits are used up."""
    name = f"{what}-{type(browser).__name__.lower()}"
    return Person(name, **limits).move_in(server)  # type: ignore[arg-type]  # whatever a person may have


def chat_of(browser: Browser, server: AloudServer, person: Person) -> Chat:
    return Chat.of(browser, server, person.name, person.password)


def nothing_broke_the_policy(browser: Browser) -> None:
    assert [error for error in browser.console_errors() if "Security" in error and "olicy" in error] == []


def test_a_quota_that_is_used_up(browser: Browser, server: AloudServer) -> None:
    chat = chat_of(browser, server, person(server, browser, "spent", quota={"characters_per_day": 10}))
    chat.press(0)
    told, ways = chat.refusal(0)
    says(told, "Too little is left of today", "It starts anew", "What you heard before still plays.")
    assert ways == [ACCOUNT]
    browser.click(f"{chat.player(0)} [data-action=account]")
    browser.wait_for("document.querySelector('main.account')?.innerText.includes('0 of 10 characters used') ?? false")
    nothing_broke_the_policy(browser)


def test_a_trial_that_is_over(browser: Browser, server: AloudServer) -> None:
    chat = chat_of(browser, server, person(server, browser, "tried", plan="trial", days_on_plan=15))
    chat.press(0)
    told, ways = chat.refusal(0)
    says(told, "Your trial is over.", "What you heard before still plays.")
    assert ways == [ACCOUNT]


def test_too_many_in_a_minute_and_what_was_heard_before_plays_on(browser: Browser, server: AloudServer) -> None:
    chat = chat_of(browser, server, person(server, browser, "hasty", quota={"requests_per_minute": 1}))
    assert chat.fetch_audio(0)[0] == "miss"
    chat.press(1)
    told, ways = chat.refusal(1)
    says(told, "That was a little fast. Try again in ", "What you heard before still plays.")
    assert ways == [TRY]
    chat.press(0)
    chat.wait_for_state(0, "playing")


def test_too_many_messages_in_a_day(browser: Browser, server: AloudServer) -> None:
    chatty = person(server, browser, "chatty", quota={"realtime_per_day": 0})
    chat = chat_of(browser, server, chatty)
    browser.type_text("message-composer textarea", "Hello")
    browser.press("Enter")
    browser.wait_for("!document.querySelector('message-composer failure-notice').hidden")
    told = browser.evaluate("document.querySelector('message-composer failure-notice').innerText")
    says(told, "That was as much as one day allows.", ACCOUNT)
    assert browser.evaluate("document.querySelector('message-composer textarea').value") == "Hello"
    assert chat.state(0) == "idle"


SITUATIONS = {
    "switched off": (
        {"TTS_ENABLED": "false"},
        ("Reading aloud is switched off for everybody just now.", "Your messages are all here"),
    ),
    "providers down": (
        {"TTS_PROVIDER": "openai", "OPENAI_API_KEY": "none", "OPENAI_BASE_URL": f"http://127.0.0.1:{free_port()}/v1"},
        ("No voice can be reached just now", "Try again in"),
    ),
}


@pytest.fixture(scope="module", params=SITUATIONS)
def situation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[AloudServer, tuple[str, ...]]]:
    """A server on which something is wrong, and what is said of it."""
    settings, words = SITUATIONS[request.param]
    with AloudServer(tmp_path_factory.mktemp("aloud"), **settings) as server:
        yield server, words


def test_a_server_that_cannot_speak(browser: Browser, situation: tuple[AloudServer, tuple[str, ...]]) -> None:
    server, words = situation
    chat = Chat.of(browser, server, USERNAME, PASSWORD)
    browser.evaluate(VOICELESS)
    chat.press(0)
    told, ways = chat.refusal(0)
    says(told, *words)
    assert ways == [TRY]
    nothing_broke_the_policy(browser)


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with RedisServer(tmp_path_factory.mktemp("redis")) as redis:
        yield redis


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory, redis: RedisServer) -> Iterator[AloudServer]:
    """A server that counts in Redis."""
    with AloudServer(tmp_path_factory.mktemp("aloud"), REDIS_URL=redis.url) as server:
        yield server


def test_limits_that_nobody_can_count_just_now(browser: Browser, limited: AloudServer, redis: RedisServer) -> None:
    chat = chat_of(browser, limited, person(limited, browser, "unlucky", quota={"requests_per_minute": 60}))
    assert chat.fetch_audio(0)[0] == "miss"
    browser.evaluate(VOICELESS)
    redis.stop()
    chat.press(1)
    told, ways = chat.refusal(1)
    redis.start()
    says(told, "Nothing new can be read aloud for a moment. Try again in", "What you heard before still plays.")
    assert ways == [TRY]
    chat.press(0)
    chat.wait_for_state(0, "playing")
