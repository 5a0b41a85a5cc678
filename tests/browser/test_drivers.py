"""The harness itself, against a page that does one of everything, in all three engines."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.browser.accessibility import accessibility_violations
from tests.browser.drivers.browser import Browser, Engine, EvaluationFailed
from tests.browser.strict_site import TONE_S, strict_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with strict_site(tmp_path_factory.mktemp("site")) as url:
        yield url


def reported(browser: Browser, words: str) -> bool:
    return any(words in error for error in browser.console_errors())


def test_a_click_is_a_gesture_and_what_it_starts_is_played_to_the_end(browser: Browser, site: str) -> None:
    browser.open(site)
    browser.click("#play")
    browser.wait_for("heard.some(([name]) => name === 'ended')")
    heard = browser.evaluate("heard")
    times = [time for name, time in heard if name == "timeupdate"]
    assert [name for name, _ in heard if name != "timeupdate"] == ["playing", "ended"]
    assert times == sorted(times)
    assert any(TONE_S / 4 < time < TONE_S * 3 / 4 for time in times)
    assert times[-1] == pytest.approx(TONE_S, abs=0.1)


def test_without_a_gesture_nothing_may_be_played(browser: Browser, site: str) -> None:
    browser.open(site)
    assert browser.evaluate("refusal") == "NotAllowedError"
    again = browser.evaluate("document.querySelector('audio').play().then(() => 'played', error => error.name)")
    assert again == "NotAllowedError"


def test_a_clean_page_has_no_errors(browser: Browser, site: str) -> None:
    browser.open(site)
    assert browser.console_errors() == []


@pytest.mark.parametrize(
    ("button", "words"), [("log", "logged"), ("throw", "thrown aloud"), ("reject", "rejected aloud")]
)
def test_an_error_is_reported(browser: Browser, site: str, button: str, words: str) -> None:
    browser.open(site)
    browser.click(f"#{button}")
    assert reported(browser, words)


def test_a_violation_of_the_policy_is_reported(browser: Browser, site: str) -> None:
    browser.open(site)
    browser.click("#violate")
    assert reported(browser, "Content Security Policy") or reported(browser, "Content-Security-Policy")


def test_a_violation_before_the_page_was_parsed_is_reported_too_and_kept(browser: Browser, site: str) -> None:
    browser.open(site + "blocked.html")
    assert browser.evaluate("document.title") == "Blocked"
    browser.open(site)
    assert reported(browser, "Content Security Policy") or reported(browser, "Content-Security-Policy")


def test_text_and_keys_arrive_where_the_focus_is(browser: Browser, site: str) -> None:
    browser.open(site)
    browser.type_text("#name", "Zoë & Ole")
    browser.press("Tab")
    assert browser.evaluate("[document.querySelector('#name').value, document.activeElement.id]") == [
        "Zoë & Ole",
        "log",
    ]
    browser.press("Enter")
    browser.press(" ")
    browser.press("ArrowLeft")
    told = browser.evaluate("document.querySelector('#keys').textContent")
    assert told.endswith("[Tab][Enter](log)[ ](log)[ArrowLeft]")


def test_a_click_waits_for_its_element(browser: Browser, site: str) -> None:
    browser.open(site)
    browser.click("#late")
    assert browser.evaluate("document.activeElement.id") in ("late", "")  # WebKit focuses no button that is clicked


def test_a_script_answers_with_json_and_its_promise_is_awaited(browser: Browser, site: str) -> None:
    browser.open(site)
    assert browser.evaluate("new Promise(done => setTimeout(done, 10, {a: [1, null, 'é']}))") == {"a": [1, None, "é"]}
    assert browser.evaluate("undefined") is None


def test_a_script_that_throws_raises_what_it_threw(browser: Browser, site: str) -> None:
    browser.open(site)
    with pytest.raises(EvaluationFailed, match="not today"):
        browser.evaluate("Promise.reject(new Error('not today'))")


def test_waiting_in_vain_ends(browser: Browser, site: str) -> None:
    browser.open(site)
    with pytest.raises(TimeoutError, match=r"heard\.length > 1000"):
        browser.wait_for("heard.length > 1000", timeout_s=0.2)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_viewport_is_as_large_as_asked_and_a_screenshot_shows_it(
    browser: Browser, site: str, tmp_path: Path, width: int
) -> None:
    browser.open(site)
    browser.set_viewport(width, 700)
    browser.screenshot(tmp_path / "shot.png")
    png = (tmp_path / "shot.png").read_bytes()
    assert browser.evaluate("[innerWidth, innerHeight]") == [width, 700]
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (width, 700)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_is_told_which_colours_are_liked(browser: Browser, site: str, dark: bool) -> None:
    browser.open(site)
    assert browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is dark


def test_axe_runs_under_a_strict_policy_and_finds_what_is_grave(browser: Browser, site: str) -> None:
    browser.open(site)
    assert accessibility_violations(browser) == []
    browser.open(site + "blocked.html")
    (found,) = accessibility_violations(browser)
    assert found.startswith("critical: ")
    assert "image-alt" in found


def test_nothing_of_a_browser_is_left(
    engine: Engine, site: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("t")  # a short name, for sockets are made in it
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    before = psutil.Process().children(recursive=True)
    with engine() as browser:
        browser.open(site)
        processes = set(psutil.Process().children(recursive=True)).difference(before)
        assert len(processes) > 2
    assert [process for process in processes if alive(process)] == []
    assert [process for process in psutil.process_iter() if str(folder) in surroundings(process)] == []
    assert list(folder.iterdir()) == []


def test_a_browser_starts_with_an_empty_profile(engine: Engine, site: str) -> None:
    with engine() as first:
        first.open(site)
        first.evaluate("localStorage.setItem('kept', 'yes')")
        assert first.evaluate("localStorage.getItem('kept')") == "yes"
    with engine() as second:
        second.open(site)
        assert second.evaluate("localStorage.getItem('kept')") is None


def alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def surroundings(process: psutil.Process) -> str:
    """Its arguments and its environment: whoever started for us was told where to keep its files."""
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess, psutil.AccessDenied):
        return str([process.cmdline(), process.environ()])
    return ""


async def test_an_event_loop_can_run_after_a_browser() -> None:
    """Playwright's own loop is gone by now; if it were not, this would not even start."""
