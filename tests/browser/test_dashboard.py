"""The dashboard is drawn in every engine, in either colour, and breaks neither its policy nor a small screen."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.browser.accessibility import accessibility_violations
from tests.browser.drivers.browser import Browser
from tests.browser.test_every_page import DJANGOS_OWN
from tests.server import AloudServer

DRAWN = """[...document.querySelectorAll('usage-chart canvas')].map(canvas => {
  const {width, height} = canvas, pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  return new Set(new Uint32Array(pixels.buffer)).size;
})"""
"""How many colours each chart has."""

FITS = """[...document.querySelectorAll('usage-chart')].every(
  chart => chart.querySelector('.u-wrap').getBoundingClientRect().width <= chart.clientWidth)"""


ENTRY = """INSERT INTO accounts_dailyusage (day, room, provider, requests, hits, joined, failures, characters,
voice_seconds, cost_microdollars, saved_microdollars, ttfb_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def used(server: AloudServer) -> None:
    """A week in the books."""
    today = datetime.now(UTC).date()
    with closing(sqlite3.connect(server.database, timeout=20)) as database, database:
        database.execute("DELETE FROM accounts_dailyusage")
        for days in range(7):
            enter(database, today - timedelta(days=days), days)


def enter(database: sqlite3.Connection, day: date, number: int) -> None:
    row = (day.isoformat(), "", "openai", 20 + number, 10, 1, number % 3, 900, 60.0, 15_000, 9_000, 3.5)
    database.execute(ENTRY, row)


@pytest.mark.usefixtures("used")
def test_the_dashboard(browser: Browser, server: AloudServer) -> None:
    browser.open(f"{server.url}/admin/login/?next=/admin/dashboard")
    browser.type_text("[name=username]", "admin")
    browser.type_text("[name=password]", "admin-aloud")
    browser.press("Enter")
    browser.wait_for("document.querySelectorAll('usage-chart canvas').length === 6")
    assert all(colours > 3 for colours in browser.evaluate(DRAWN))
    found = []
    for width in (1280, 360):
        browser.set_viewport(width, 800)
        browser.wait_for(FITS)
        found += accessibility_violations(browser)
        assert not browser.evaluate("document.documentElement.scrollWidth > innerWidth")
    browser.click("#requests summary")
    assert browser.evaluate("document.querySelectorAll('#requests details tbody tr').length") == 7
    assert "26" in browser.evaluate("document.querySelector('#requests details tbody').innerText")
    found += browser.console_errors()
    assert [each for each in found if not any(own in each for own in DJANGOS_OWN)] == []
