"""What is heard stands out in the message, and a click on a sentence goes there: in all three engines."""

from __future__ import annotations

from typing import Final

import pytest

from tests.browser.chat import Chat
from tests.browser.drivers.browser import Browser
from tests.browser.ways import LIT, PLAYER, POSITION
from tests.server import AloudServer

NUMBERS: Final = 1
"""The reply that says figures and abbreviations otherwise than they are written."""

STEP_S: Final = 0.05

NOTE: Final = f"""(() => {{
  const player = {PLAYER}, lit = () => {LIT};
  let before = 0;
  window.noted = [];
  player.addEventListener('timeupdate', () => {{
    const text = lit(), {{position}} = player.way;
    if (text !== noted.at(-1)?.[2]) noted.push([before, position, text]);
    before = position;
  }});
}})()"""
"""Note from now on when another sentence stands out: the seconds of the frame before, of this frame, and its text."""

# A click on a word, wherever its line breaks.
PLACE: Final = """(() => {
  const prose = document.querySelector(%s), walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(%s);
    if (at < 0) continue;
    node.parentElement.scrollIntoView({block: 'center', behavior: 'instant'});  // points beyond the window hold nothing
    const range = document.createRange();
    range.setStart(node, at + 1);
    range.setEnd(node, at + 2);
    const {left, top, width, height} = range.getBoundingClientRect();
    prose.dispatchEvent(new MouseEvent('click', {
      bubbles: true, clientX: left + width / 2, clientY: top + height / 2,
    }));
    return true;
  }
})()"""


@pytest.fixture
def chat(browser: Browser, server: AloudServer) -> Chat:
    """The demo conversation, with the reply kept and its captions switched on."""
    chat = Chat.demo(browser, server)
    chat.fetch_audio(NUMBERS)
    chat.press(NUMBERS)
    chat.wait_for_state(NUMBERS, "playing")
    browser.evaluate(NOTE)
    browser.click("speech-player [data-command=captions]")
    return chat


def captions(chat: Chat) -> list[dict[str, float | str]]:
    """The sentences the server tells of, timed by the audio."""
    chat.browser.wait_for(f"{PLAYER}.way.captions?.exact", timeout_s=30)
    return list(chat.browser.evaluate(f"{PLAYER}.way.captions.sentences"))


def test_each_sentence_stands_out_when_it_is_heard(chat: Chat) -> None:
    sentences = captions(chat)
    chat.browser.evaluate(f"{PLAYER}.seek(0)")
    chat.browser.wait_for(f"{POSITION} < 1")
    chat.browser.evaluate("(noted.length = 0)")
    chat.wait_for_state(NUMBERS, "idle", timeout_s=60)
    later = [noted for noted in chat.browser.evaluate("noted") if noted[2]][-2:]
    assert [text[:9] for _, _, text in later] == ["Dr. Smith", "That is 1"]
    for (before, at, _), said in zip(later, sentences[-2:], strict=True):
        assert before - STEP_S <= float(said["start"]) <= at
    assert chat.browser.evaluate(LIT) == ""


def test_a_click_on_a_sentence_is_heard_from_its_beginning(chat: Chat) -> None:
    start = captions(chat)[-1]["start"]
    prose = f'"{chat.player(NUMBERS)} .prose"'
    assert chat.browser.evaluate(PLACE % (prose, "'nearly'"))
    chat.browser.wait_for(f"{POSITION} >= {start}")
    assert chat.browser.evaluate(POSITION) == pytest.approx(start, abs=2)
    chat.browser.wait_for(f"({LIT}).startsWith('That is')")


def test_who_switches_captions_off_sees_the_message_as_it_was(chat: Chat) -> None:
    before = f'document.querySelector("{chat.player(NUMBERS)} .prose").innerHTML'
    chat.browser.wait_for(f"({LIT}) !== ''", timeout_s=20)
    chat.browser.click("speech-player [data-command=captions]")
    assert chat.browser.evaluate(LIT) == ""
    told = chat.browser.evaluate(f"({before})")
    assert "spoken-" not in told


LAST_IN_SIGHT: Final = """(() => {
  const {bottom} = document.querySelector(%s).lastElementChild.getBoundingClientRect();
  return bottom > 0 && bottom < innerHeight;
})()"""


def test_the_page_follows_the_voice_and_yields_to_who_scrolls(chat: Chat) -> None:
    browser, last = chat.browser, captions(chat)[-1]["start"]
    in_sight = LAST_IN_SIGHT % f'"{chat.player(NUMBERS)} .prose"'
    browser.set_viewport(360, 480)
    browser.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    assert not browser.evaluate(in_sight)
    browser.evaluate(f"{PLAYER}.seek({last} + 0.2)")
    browser.wait_for(in_sight)
    browser.evaluate("dispatchEvent(new WheelEvent('wheel'))")
    browser.evaluate("scrollTo({top: document.scrollingElement.scrollHeight, behavior: 'instant'})")
    there = browser.evaluate("scrollY")
    browser.evaluate(f"{PLAYER}.seek(0)")
    browser.wait_for(f"({LIT}).startsWith('Judge')")
    assert browser.evaluate("new Promise(done => setTimeout(() => done(scrollY), 500))") == there
