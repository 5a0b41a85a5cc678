"""Firefox, driven over WebDriver BiDi."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from websockets.sync.client import connect

from tests.browser.drivers import sound_card
from tests.browser.drivers.bidi import BidiConnection, BidiError, Json
from tests.browser.drivers.browser import HEIGHT, SETTLED, WIDTH, EvaluationFailed, as_json
from tests.browser.drivers.gestures import Action, GestureBrowser
from tests.processes import ProcessGroup, wait_until

PREFERENCES: Final = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "media.cubeb.backend": "alsa",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 0,
}


@contextmanager
def firefox(*, dark: bool = False) -> Iterator[Firefox]:
    """Debian's Firefox ESR, headless."""
    with TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        scheme = {"layout.css.prefers-color-scheme.content-override": 0 if dark else 1}
        write_preferences(profile, PREFERENCES | scheme)
        (profile / ".asoundrc").write_text(sound_card.CONFIGURATION)
        # A screenshot is one message: no limit on its size.
        with start_firefox(profile), connect(session_url(profile), max_size=None, proxy=None) as connection:
            yield Firefox(BidiConnection(connection))


class Firefox(GestureBrowser):
    """A page in it."""

    def __init__(self, bidi: BidiConnection) -> None:
        self._errors: list[str] = []
        self._bidi = bidi
        self._bidi.on_event = self._note
        self._bidi.command("session.new", capabilities={})
        self._bidi.command("session.subscribe", events=["log.entryAdded"])
        # Not the tab it opened by itself: there the address bar keeps the focus, and no key presses a button.
        self._page = self._bidi.command("browsingContext.create", type="tab")["context"]
        self.set_viewport(WIDTH, HEIGHT)

    def open(self, url: str) -> None:
        self._bidi.command("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def perform(self, source: Action) -> None:
        self._bidi.command("input.performActions", context=self._page, actions=[source])

    def evaluate(self, js: str) -> Any:
        target = {"context": self._page}
        try:
            answer = self._bidi.command("script.evaluate", expression=as_json(js), target=target, awaitPromise=True)
        except BidiError as error:
            raise EvaluationFailed(str(error)) from error
        if answer["type"] == "exception":
            raise EvaluationFailed(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def screenshot(self, path: Path) -> None:
        answer = self._bidi.command("browsingContext.captureScreenshot", context=self._page)
        path.write_bytes(base64.b64decode(answer["data"]))

    def console_errors(self) -> list[str]:
        self.evaluate(SETTLED)  # events come in order, and only while an answer is waited for
        return list(self._errors)

    def set_viewport(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self._bidi.command("browsingContext.setViewport", context=self._page, viewport=viewport)

    def _note(self, event: str, entry: Json) -> None:
        if event == "log.entryAdded" and entry["level"] == "error":
            self._errors.append(entry["text"])


def write_preferences(profile: Path, preferences: dict[str, Any]) -> None:
    """Set them for a profile that has not been started yet."""
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()]
    (profile / "user.js").write_text("".join(lines))


def start_firefox(profile: Path) -> ProcessGroup:
    """Firefox on that profile, with a port of its own choice for BiDi."""
    command = ["firefox-esr", "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    env = {"PATH": os.environ["PATH"], "HOME": str(profile), "TMPDIR": str(profile), "MOZ_CRASHREPORTER_DISABLE": "1"}
    return ProcessGroup(command, env=env, log=profile / "firefox.log")


def session_url(profile: Path) -> str:
    """Where the Firefox of that profile listens, as soon as it does."""
    announced = profile / "WebDriverBiDiServer.json"
    server = json.loads(wait_until(lambda: announced.exists() and announced.read_text(), 60, "Firefox to start"))
    return f"ws://{server['ws_host']}:{server['ws_port']}/session"
