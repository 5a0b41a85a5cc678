"""Clicks and keys as WebDriver actions, which Firefox (BiDi) and WebKit (classic) read in the same JSON.

Source: https://www.w3.org/TR/webdriver2/#actions; the code points of keys are its table of normalised key values.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from typing import Any, ClassVar, Protocol

from tests.browser.drivers.browser import Browser, EvaluationFailed
from tests.processes import wait_until

Action = dict[str, Any]

KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "PageUp": "\ue00e",
    "PageDown": "\ue00f",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Delete": "\ue017",
}


class GestureBrowser(Browser, Protocol):
    """A browser that is told of clicks and keys as actions."""

    timeout_s: ClassVar[float] = 10
    """How long an element may take to appear and to be uncovered."""

    @abstractmethod
    def perform(self, source: Action) -> None:
        """Perform the actions of one input source."""

    def click(self, css: str) -> None:
        target = wait_until(lambda: self._aim(css), self.timeout_s, f"{css} to be there to click")
        here = {"type": "pointerMove", "origin": "viewport", "x": target["x"], "y": target["y"]}
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self.perform({"type": "pointer", "id": "mouse", "actions": [here, down, up]})

    def press(self, key: str) -> None:
        self._type(KEYS.get(key, key))

    def type_text(self, css: str, text: str) -> None:
        self.click(css)
        self._type(text)

    def _type(self, text: str) -> None:
        keys = [{"type": kind, "value": character} for character in text for kind in ("keyDown", "keyUp")]
        self.perform({"type": "key", "id": "keyboard", "actions": keys})

    def _aim(self, css: str) -> dict[str, int] | None:
        """Where in the viewport the element's middle is, once it keeps still there with nothing above it."""
        try:
            point: dict[str, int] | None = self.evaluate(f"({_AIM})({json.dumps(css)})")
        except EvaluationFailed:  # between two pages
            return None
        return point


_AIM = """async css => {
  const element = document.querySelector(css);
  if (!element || document.readyState !== 'complete') return null;
  element.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
  const middle = () => {
    const box = element.getBoundingClientRect();
    return {x: Math.floor(box.left + box.width / 2), y: Math.floor(box.top + box.height / 2)};
  };
  const {x, y} = middle();
  await new Promise(shown => requestAnimationFrame(() => requestAnimationFrame(shown)));
  const still = middle().x === x && middle().y === y;
  return still && element.contains(document.elementFromPoint(x, y)) ? {x, y} : null;
}"""
