"""A key's life in the admin: made, seen once, heard with, and revoked after a question."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import httpx2 as httpx

from tests.browser.accessibility import accessibility_violations
from tests.browser.drivers.browser import Browser
from tests.server import AloudServer


def demo_id(server: AloudServer) -> int:
    with closing(sqlite3.connect(server.database)) as database:
        return int(database.execute("SELECT id FROM accounts_user WHERE username = 'demo'").fetchone()[0])


def status_with(key: str, server: AloudServer) -> int:
    answer = httpx.post(
        f"{server.url}/tts", json={"text": "Hello"}, headers={"Authorization": f"Bearer {key}"}, timeout=60
    )
    return answer.status_code


def test_a_key_is_made_seen_once_and_revoked(browser: Browser, server: AloudServer) -> None:
    name = f"the bot of {type(browser).__name__}"
    browser.open(f"{server.url}/admin/login/?next=/admin/accounts/apikey/add/")
    browser.type_text("[name=username]", "admin")
    browser.type_text("[name=password]", "admin-aloud")
    browser.press("Enter")
    browser.wait_for("!!document.querySelector('#id_name')")
    browser.type_text("[name=user]", str(demo_id(server)))
    browser.type_text("[name=name]", name)
    browser.click("[name=features][value=speech]")
    browser.click("[name=_save]")
    browser.wait_for("!!document.querySelector('.made-key code')")
    key = browser.evaluate("document.querySelector('.made-key code').textContent")
    assert status_with(key, server) == 200

    browser.open(f"{server.url}/admin/accounts/apikey/")
    assert key[12:] not in browser.evaluate("document.documentElement.outerHTML")
    browser.click(f"tr:has([aria-label*='{name}']) .action-select")
    browser.evaluate("void (document.querySelector('[name=action]').value = 'revoke')")
    browser.click("#changelist-form [name=index]")
    browser.wait_for("!!document.querySelector('[name=confirmed]')")
    assert name in browser.evaluate("document.querySelector('#content').innerText")
    assert list(accessibility_violations(browser)) == []
    assert status_with(key, server) == 200, "nobody has confirmed anything yet"
    browser.click("[name=confirmed]")
    browser.wait_for("!!document.querySelector('.messagelist .success')")
    assert status_with(key, server) == 401
    own = "Invalid value for <svg> attribute"  # Django's, in WebKit (test_every_page.py)
    assert [error for error in browser.console_errors() if own not in error] == []
