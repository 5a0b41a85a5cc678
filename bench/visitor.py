"""Somebody with a session, as a browser has it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any, Final
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from bench.load import Connection, request
from bench.servers import Server

DEMO: Final = {"login": "demo", "password": "demo-aloud"}
"""The account ``manage.py load_demo`` makes."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """The demo user, signed in."""

    cookies: dict[str, str]

    def asks(self, text: str, accept: str = "audio/mpeg", **more: str) -> bytes:
        """``POST /tts`` as the wire has it."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "X-CSRFToken": self.cookies["csrftoken"], "Accept": accept}
        return request("POST", "/tts", headers, json.dumps({"text": text, **more}).encode())


def sign_in(server: Server) -> Visitor:
    """Sign in through the page for it."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    form = _page(browser, f"{server.url}/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token is not None  # noqa: S101  # a login form without it would be another page
    fields = {"csrfmiddlewaretoken": token[1], **DEMO}
    _page(browser, f"{server.url}/accounts/login/", urlencode(fields).encode())
    return Visitor({cookie.name: cookie.value or "" for cookie in jar})


def _page(browser: OpenerDirector, url: str, form: bytes | None = None) -> str:
    asked = Request(url, form, {"Accept": "text/html", "Referer": url})  # noqa: S310  # always our own server
    with browser.open(asked) as answer:
        return str(answer.read().decode())


async def signed_address(server: Server, visitor: Visitor, text: str) -> str:
    """The signed address of ``text``, once it is in the store."""
    connection = await Connection.to(server.port)
    told: dict[str, Any] = {"cached": False}
    while not told["cached"]:  # each time the server itself waits for it, TTS_RESPONSE_TIMEOUT at most
        told = json.loads((await connection.ask(visitor.asks(text, accept="application/json"))).body)
    connection.close()
    return str(told["audio_url"])
