"""What a test asks of a browser, whichever engine it drives."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from tests.processes import wait_until

WIDTH, HEIGHT = 1280, 800
"""The viewport every browser starts with, in CSS pixels."""

SETTLED = "new Promise(done => setTimeout(done))"
"""A promise kept one task later: a rejection nobody handled is reported by then."""


class EvaluationFailed(Exception):
    """The script threw, or the page it ran in went away."""


class Browser(Protocol):
    """One page in one engine.

    Clicks and keys are the engine's own input events, so they count as gestures of a user, as ``element.click()`` does
    not; ``evaluate`` does not count as one. ``css`` selects the first match in the document, without shadow roots.
    """

    def open(self, url: str) -> None:
        """Go there, and wait until everything the page names has loaded."""
        ...

    def click(self, css: str) -> None:
        """Scroll the element into view and click its middle, as soon as nothing else covers it."""
        ...

    def press(self, key: str) -> None:
        """Press one key, named as in ``KeyboardEvent.key``: ``Tab``, ``Enter``, ``ArrowRight``, ``a``, a space."""
        ...

    def type_text(self, css: str, text: str) -> None:
        """Click the field and type ``text`` into it, key by key."""
        ...

    def evaluate(self, js: str) -> Any:
        """The JSON value of the expression ``js``; a promise is awaited, ``undefined`` is None.

        Raises:
            EvaluationFailed: see there.
        """
        ...

    def screenshot(self, path: Path) -> None:
        """Write what the viewport shows as a PNG."""
        ...

    def console_errors(self) -> list[str]:
        """Console errors, uncaught exceptions and violations of the content security policy since the start."""
        ...

    def set_viewport(self, width: int, height: int) -> None:
        """Make the viewport that many CSS pixels large."""
        ...

    def wait_for(self, js: str, timeout_s: float = 10) -> None:
        """Wait until the expression ``js`` is true, across navigations.

        Raises:
            TimeoutError: it was not within ``timeout_s``.
        """
        failure: EvaluationFailed | None = None

        def holds() -> bool:
            nonlocal failure
            try:
                return bool(self.evaluate(js))
            except EvaluationFailed as error:  # between two pages: the next one is asked again
                failure = error
                return False

        try:
            wait_until(holds, timeout_s, js)
        except TimeoutError as timeout:
            raise timeout from failure


class Engine(Protocol):
    """Starts a browser with a fresh profile, and ends it with all its processes when ``with`` does."""

    def __call__(self, *, dark: bool = False) -> AbstractContextManager[Browser]:
        """A browser; its user prefers a dark or a light colour scheme."""
        ...


def as_json(js: str) -> str:
    """An expression for the same value as ``js``, awaited and written as JSON: the one type all engines hand over."""
    return f"(async () => JSON.stringify((await ({js})) ?? null))()"
