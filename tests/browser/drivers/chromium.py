"""Chromium, driven by Playwright over the DevTools protocol."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Error, Page, ViewportSize, sync_playwright

from tests.browser.drivers.browser import HEIGHT, SETTLED, WIDTH, Browser, EvaluationFailed, as_json

FLAGS: Final = (
    "--no-sandbox",  # tests may run as root, in a container
    "--disable-gpu",
    # and no word to anybody but the server under test:
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium(*, dark: bool = False) -> Iterator[Chromium]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        viewport = ViewportSize(width=WIDTH, height=HEIGHT)
        yield Chromium(program.new_page(viewport=viewport, color_scheme="dark" if dark else "light"))
        program.close()


class Chromium(Browser):
    """A page in it."""

    def __init__(self, page: Page) -> None:
        self._errors: list[str] = []
        self._page = page
        self._page.set_default_timeout(10_000)
        self._devtools = self._page.context.new_cdp_session(self._page)
        for event in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            self._devtools.on(event, partial(self._note, event))
        self._devtools.send("Runtime.enable")
        self._devtools.send("Log.enable")

    def open(self, url: str) -> None:
        self._page.goto(url)

    def click(self, css: str) -> None:
        self._page.locator(css).first.click()

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def type_text(self, css: str, text: str) -> None:
        self.click(css)
        self._page.keyboard.type(text)

    def evaluate(self, js: str) -> Any:
        # Playwright's own evaluate counts as a gesture of the user, and would let every page play audio.
        script = {"expression": as_json(js), "awaitPromise": True, "returnByValue": True, "userGesture": False}
        try:
            answer = self._devtools.send("Runtime.evaluate", script)
        except Error as error:
            raise EvaluationFailed(str(error)) from error
        if "exceptionDetails" in answer:
            raise EvaluationFailed(told(answer["exceptionDetails"]))
        return json.loads(answer["result"]["value"])

    def screenshot(self, path: Path) -> None:
        self._page.screenshot(path=path)

    def console_errors(self) -> list[str]:
        self.evaluate(SETTLED)  # events come in order, and only while an answer is waited for
        return list(self._errors)

    def set_viewport(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "Runtime.exceptionThrown":
            self._errors.append(told(params["exceptionDetails"]))
        elif event == "Log.entryAdded" and params["entry"]["level"] == "error":
            self._errors.append(f"{params['entry']['text']} ({params['entry'].get('url', '')})")
        elif event == "Runtime.consoleAPICalled" and params["type"] == "error":
            self._errors.append(" ".join(str(part.get("value", part.get("description"))) for part in params["args"]))


def told(thrown: dict[str, Any]) -> str:
    """An exception in words."""
    described: str = thrown.get("exception", {}).get("description", thrown["text"])
    return described
