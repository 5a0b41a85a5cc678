"""WebKit, Safari's engine, driven over classic WebDriver on a screen that only exists in memory."""

from __future__ import annotations

import base64
import json
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import psutil

from tests.browser.drivers.browser import HEIGHT, SETTLED, WIDTH, EvaluationFailed, as_json
from tests.browser.drivers.gestures import Action, GestureBrowser
from tests.browser.drivers.inspector import WebInspector
from tests.browser.drivers.webdriver import WebDriverError, WebDriverSession
from tests.processes import ProcessGroup, free_port, wait_until

MINI_BROWSER: Final = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"

# A toolbar may not keep the window from being as narrow as a telephone.
NARROW_TOOLBAR: Final = "* { min-width: 0; padding: 0; margin: 0; border: none; font-size: 1px; }"


@contextmanager
def webkit(*, dark: bool = False) -> Iterator[WebKit]:
    """Debian's WebKitGTK in its own small browser."""
    options = {"binary": MINI_BROWSER, "args": ["--automation"] + ["--dark-mode"] * dark}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="webkit-", ignore_cleanup_errors=True)))
        env = environment(folder)
        env["DISPLAY"] = stack.enter_context(screen(folder, env))
        driver_pid, port = stack.enter_context(driver(folder, env))
        session = stack.enter_context(closing(WebDriverSession(port, {"webkitgtk:browserOptions": options})))
        inspector = stack.enter_context(closing(WebInspector(inspector_address(driver_pid))))
        yield WebKit(session, inspector)


LEFT_BEHIND: Final = "closed due to suspension"
"""WebKit's own remark on the socket of a page that is left; the others leave without a word."""


class WebKit(GestureBrowser):
    """A page in it."""

    def __init__(self, session: WebDriverSession, inspector: WebInspector) -> None:
        self._session = session
        self._inspector = inspector
        self.set_viewport(WIDTH, HEIGHT)

    def open(self, url: str) -> None:
        self.console_errors()  # a page in a new process is first heard here, and tells its past only until it is left
        self._session.post("/url", url=url)

    def perform(self, source: Action) -> None:
        self._session.post("/actions", actions=[source])

    def evaluate(self, js: str) -> Any:
        script = f"const done = arguments[0]; {as_json(js)}.then(done, error => done({{error: String(error)}}))"
        try:
            answer = self._session.post("/execute/async", script=script, args=[])
        except WebDriverError as error:
            raise EvaluationFailed(str(error)) from error
        if isinstance(answer, dict):
            raise EvaluationFailed(answer["error"])
        return json.loads(answer)

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self._session.get("/screenshot")))

    def console_errors(self) -> list[str]:
        self.evaluate(SETTLED)
        return [error for error in self._inspector.errors() if LEFT_BEHIND not in error]

    def set_viewport(self, width: int, height: int) -> None:
        frame_width, frame_height = self.evaluate("[outerWidth - innerWidth, outerHeight - innerHeight]")
        self._session.post("/window/rect", x=0, y=0, width=width + frame_width, height=height + frame_height)
        self.wait_for(f"innerWidth === {width} && innerHeight === {height}")


def environment(folder: Path) -> dict[str, str]:
    """A home of its own for everything started here, without the desktop's accessibility services."""
    settings = folder / ".config" / "gtk-3.0"
    settings.mkdir(parents=True)
    (settings / "gtk.css").write_text(NARROW_TOOLBAR)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "NO_AT_BRIDGE": "1",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # tests may run as root, in a container
    }


@contextmanager
def screen(folder: Path, env: Mapping[str, str]) -> Iterator[str]:
    """The name of a display that only exists in memory."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with os.fdopen(reading) as announced, ProcessGroup(command, env=env, log=folder / "x.log", pass_fds=[writing]):
        os.close(writing)
        yield f":{announced.readline().strip()}"


@contextmanager
def driver(folder: Path, env: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """WebKit's driver with a message bus of its own: its process id, and the port it listens on."""
    port = free_port()
    command = ["dbus-run-session", "--", "WebKitWebDriver", f"--port={port}"]
    with ProcessGroup(command, env=env, log=folder / "driver.log") as group:
        wait_until(lambda: _listens(port), 30, "WebKitWebDriver to start")
        yield group.pid, port


def inspector_address(driver_pid: int) -> str:
    """Where the browser that the driver started listens to inspectors: the driver put it into its environment."""
    programs = psutil.Process(driver_pid).children(recursive=True)
    browser = next(program for program in programs if program.name() == "MiniBrowser")
    return browser.environ()["WEBKIT_INSPECTOR_SERVER"]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
