"""Press the speaker icon and hear the reply: with the real application and its embedded voice, in all three engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.audio import decoded_s
from tests.browser.chat import AUDIO, BAR, Chat, cached_entries, provider_calls
from tests.browser.drivers.browser import Browser
from tests.processes import wait_until
from tests.server import AloudServer
from voice.domain.audio import AudioFormat

HEARD = f"""(() => {{
  window.heard = [];
  for (const name of ['playing', 'timeupdate', 'ended'])
    {AUDIO}.addEventListener(name, () => heard.push([name, {AUDIO}.currentTime]));
}})()"""

PLAYED_S = f"""(() => {{
  const {{ played }} = {AUDIO};
  return Array.from({{length: played.length}}, (_, i) => played.end(i) - played.start(i)).reduce((a, b) => a + b, 0);
}})()"""

# From the click as the page sees it to the first sign that sound comes out.
CLOCK = f"""(() => {{
  let pressed;
  document.addEventListener('click', event => {{ pressed = event.timeStamp; }}, {{capture: true, once: true}});
  window.started = new Promise(done => {{
    for (const name of ['playing', 'timeupdate'])
      {AUDIO}.addEventListener(name, event => done(event.timeStamp - pressed), {{once: true}});
  }});
}})()"""


SHORT = 3
"""The shortest reply of the demo."""


@pytest.fixture
def chat(browser: Browser, server: AloudServer) -> Iterator[Chat]:
    """The demo conversation. Whatever a test does there, the console stays clean."""
    yield Chat.demo(browser, server)
    assert browser.console_errors() == []


def test_a_pressed_icon_is_heard_from_the_first_to_the_last_word(chat: Chat) -> None:
    chat.browser.evaluate(HEARD)
    chat.press(0)
    chat.browser.wait_for("heard.some(([name]) => name === 'ended')", timeout_s=60)
    heard = chat.browser.evaluate("heard")
    times = [time for name, time in heard if name == "timeupdate"]
    _, mp3 = chat.fetch_audio(0)
    duration_s = decoded_s(mp3, AudioFormat.MP3)
    assert duration_s > 2
    assert heard[0][0] == "playing"
    assert times == sorted(times)
    assert chat.browser.evaluate(PLAYED_S) == pytest.approx(duration_s, rel=0.05)
    assert chat.state(0) == "idle"


def test_a_second_press_starts_at_once_and_asks_no_provider(
    chat: Chat, server: AloudServer, record_property: Callable[[str, object], None]
) -> None:
    wait_until(lambda: chat.fetch_audio(SHORT)[0] == "hit", 30, "the reply to be kept")
    entries, calls = cached_entries(server), provider_calls(server)
    waits_ms = [press_on_a_fresh_page(chat) for _ in range(5)]
    record_property("milliseconds from the press to the sound", [round(wait_ms) for wait_ms in waits_ms])
    # Best of five: the requirement is about the page, not about what else this machine is busy with.
    assert 0 < min(waits_ms) < 300
    assert chat.fetch_audio(SHORT)[0] == "hit"
    assert cached_entries(server) == entries
    assert provider_calls(server) == calls > 0


def press_on_a_fresh_page(chat: Chat) -> float:
    """Milliseconds from the press to the sound, on a page that has played nothing yet; heard to its end."""
    chat.browser.open(chat.browser.evaluate("location.href"))
    chat.wait_until_alive()
    chat.browser.evaluate(CLOCK)
    chat.press(SHORT)
    waited_ms: float = chat.browser.evaluate("started")
    chat.wait_for_state(SHORT, "idle")
    return waited_ms


def test_a_reply_to_something_new_is_heard_too(chat: Chat, server: AloudServer) -> None:
    entries, engine = cached_entries(server), type(chat.browser).__name__
    replies = chat.browser.evaluate("document.querySelectorAll('message-player').length")
    chat.browser.type_text("message-composer textarea", f"My name is {engine} and I like long walks in the rain.")
    chat.browser.press("Enter")
    chat.browser.wait_for(f"document.querySelectorAll('message-player').length > {replies}")
    chat.browser.evaluate(HEARD)
    chat.press(replies)
    chat.browser.wait_for("heard.some(([name]) => name === 'ended')", timeout_s=90)
    cache, mp3 = chat.fetch_audio(replies)
    assert cache == "hit"
    assert cached_entries(server) > entries
    assert chat.browser.evaluate(PLAYED_S) == pytest.approx(decoded_s(mp3, AudioFormat.MP3), rel=0.05)


def test_who_played_before_falls_silent(chat: Chat) -> None:
    chat.press(0)
    chat.wait_for_state(0, "playing")
    before = chat.audio("currentSrc")
    chat.press(1)
    chat.wait_for_state(1, "playing")
    assert chat.state(0) == "idle"
    assert chat.audio("currentSrc") != before
    assert chat.browser.evaluate("document.querySelectorAll('audio').length") == 1


def test_a_pause_keeps_the_place(chat: Chat) -> None:
    chat.press(1)
    chat.wait_for_state(1, "playing")
    chat.browser.wait_for(f"{AUDIO}.currentTime > 0.5")
    chat.press(1)
    chat.wait_for_state(1, "paused")
    place = chat.audio("currentTime")
    assert chat.audio("paused") is True
    chat.press(1)
    chat.wait_for_state(1, "playing")
    chat.browser.wait_for(f"{AUDIO}.currentTime > {place}")
    assert place > 0.5


def test_a_click_on_the_bar_moves_there(chat: Chat) -> None:
    chat.fetch_audio(1)  # whole, so that its duration is known from the start
    chat.press(1)
    chat.wait_for_state(1, "playing")
    chat.browser.wait_for(f"Number.isFinite({AUDIO}.duration)")
    chat.press(1)
    chat.wait_for_state(1, "paused")
    chat.browser.click(BAR)
    chat.browser.wait_for(f"!{AUDIO}.seeking && {AUDIO}.currentTime > 2")
    assert chat.audio("currentTime") == pytest.approx(chat.audio("duration") / 2, rel=0.1)


@pytest.mark.parametrize("key", ["Enter", " "], ids=["enter", "space"])
def test_the_keyboard_does_what_the_mouse_does(chat: Chat, key: str) -> None:
    chat.browser.evaluate("document.activeElement.blur()")
    focused = f'document.activeElement === document.querySelector("{chat.icon(0)}")'
    for _ in range(40):
        if chat.browser.evaluate(focused):
            break
        chat.browser.press("Tab")
    assert chat.browser.evaluate(focused)
    chat.browser.press(key)
    chat.wait_for_state(0, "playing")
    chat.browser.press(key)
    chat.wait_for_state(0, "paused")
