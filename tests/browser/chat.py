"""The site as somebody uses it: signing in, and a conversation with its speaker icons."""

from __future__ import annotations

import base64
import re
import sqlite3
from dataclasses import dataclass
from typing import Any

import httpx2 as httpx

from tests.browser.drivers.browser import Browser
from tests.server import AloudServer
from voice.calls.demo import PASSWORD, USERNAME

AUDIO = "document.querySelector('speech-player audio')"
BAR = "speech-player seek-bar input"


def sign_in(browser: Browser, url: str, name: str = USERNAME, password: str = PASSWORD) -> None:
    """From the sign-in page to the list of conversations."""
    browser.open(f"{url}/accounts/login/")
    browser.type_text("[name=login]", name)
    browser.type_text("[name=password]", password)
    browser.press("Enter")
    browser.wait_for("location.pathname === '/calls'")


@dataclass(frozen=True)
class Chat:
    """A conversation that is open in a browser. Replies are counted from 0, the oldest."""

    browser: Browser

    @classmethod
    def demo(cls, browser: Browser, server: AloudServer) -> Chat:
        """The demo conversation, opened from the list by its signed-in owner."""
        return cls.of(browser, server, USERNAME, PASSWORD)

    @classmethod
    def of(cls, browser: Browser, server: AloudServer, name: str, password: str) -> Chat:
        """The newest conversation of somebody who signs in."""
        sign_in(browser, server.url, name, password)
        browser.click("a[href$='/messages']")
        chat = cls(browser)
        chat.wait_until_alive()
        return chat

    def wait_until_alive(self) -> None:
        """Wait until the replies are there and their elements work."""
        self.browser.wait_for("document.querySelectorAll('message-player:defined').length >= 3")

    def player(self, reply: int) -> str:
        """Selects the player of a reply, which its audio's address tells from the others."""
        address = self.browser.evaluate(f"document.querySelectorAll('message-player')[{reply}].getAttribute('src')")
        return f"message-player[src='{address}']"

    def icon(self, reply: int) -> str:
        """Selects the speaker icon of a reply."""
        return f"{self.player(reply)} button[data-action=play]"

    def press(self, reply: int) -> None:
        """Press its speaker icon."""
        self.browser.click(self.icon(reply))

    def wait_for_state(self, reply: int, state: str, timeout_s: float = 30) -> None:
        """Wait until its player says it is idle, loading, playing, paused or in error."""
        self.browser.wait_for(f'document.querySelector("{self.player(reply)}").dataset.state === "{state}"', timeout_s)

    def refusal(self, reply: int) -> tuple[str, list[str]]:
        """Why a reply cannot be heard, as its player says once it has asked; and the ways on it offers."""
        self.wait_for_state(reply, "error")
        notice = f"{self.player(reply)} failure-notice"
        told = self.browser.evaluate(f'document.querySelector("{notice} .alarm").innerText')
        ways = f'[...document.querySelectorAll("{notice} [data-action]")].filter(way => !way.hidden)'
        return str(told), list(self.browser.evaluate(f"{ways}.map(way => way.innerText.trim())"))

    def state(self, reply: int) -> str:
        """What its player says it is."""
        return str(self.browser.evaluate(f'document.querySelector("{self.player(reply)}").dataset.state'))

    def audio(self, member: str) -> Any:
        """A property of the page's one audio element."""
        return self.browser.evaluate(f"{AUDIO}.{member}")

    def fetch_audio(self, reply: int) -> tuple[str, bytes]:
        """How the cache answers for a reply's audio (``X-Cache``), and the audio."""
        answer = self.browser.evaluate(_FETCH % f'document.querySelector("{self.player(reply)}").getAttribute("src")')
        return answer["cache"], base64.b64decode(answer["body"].partition(",")[2])


_FETCH = """fetch(%s, {cache: 'no-store'}).then(async answer => {
  const body = await answer.blob(), reader = new FileReader();
  await new Promise(done => { reader.onload = done; reader.readAsDataURL(body); });
  return {cache: answer.headers.get('X-Cache'), body: reader.result};
})"""


def cached_entries(server: AloudServer) -> int:
    """How many rows the index of the cache has."""
    with sqlite3.connect(server.database) as database:
        (count,) = database.execute("SELECT COUNT(*) FROM voice_ttscache").fetchone()
        return int(count)


def provider_calls(server: AloudServer) -> int:
    """How often the server has called a provider, as it tells its staff at ``/metrics``."""
    with httpx.Client(base_url=server.url) as admin:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', admin.get("/admin/login/").text)
        assert token
        form = {"username": "admin", "password": "admin-aloud", "csrfmiddlewaretoken": token[1]}
        admin.post("/admin/login/", data=form, headers={"Referer": f"{server.url}/admin/login/"})
        told = admin.get("/metrics")
    assert told.status_code == 200
    calls = re.findall(r"^aloud_provider_calls_total\{.*\} ([\d.]+)$", told.text, re.MULTILINE)
    return int(sum(map(float, calls)))
