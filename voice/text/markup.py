"""HTML among words: tags go, their words stay; scripts, styles, comments and thoughts go whole."""

from __future__ import annotations

import html
import re
from typing import Final

_THOUGHTS: Final = r"think|thinking|thought|reasoning"

_SILENT_FROM: Final = re.compile(
    rf"<!--(?:-?>)?|<(?P<code>script|style|svg)(?![\w-])|<(?P<thought>{_THOUGHTS})(?![\w-])[^<>]*(?<!/)>", re.IGNORECASE
)
_SILENT_TO: Final = {
    name: re.compile(rf"</{name}(?![\w-])[^<>]*>?", re.IGNORECASE)
    for name in ("script", "style", "svg", *_THOUGHTS.split("|"))
}
_COMMENT_TO: Final = re.compile("--!?>")

_LEADING_THOUGHT: Final = re.compile(
    rf"\s*<({_THOUGHTS})(?![\w-])[^<>]*(?<!/)>.*?(?:</\1(?![\w-])[^<>]*>|\Z)", re.IGNORECASE | re.DOTALL
)

_OPEN_THOUGHT: Final = re.compile(rf"<({_THOUGHTS})(?![\w-])(?:[^<>]*$|[^<>]*(?<!/)>)", re.IGNORECASE)

_TAG_NAME: Final = re.compile(r"</?([a-z][a-z0-9-]*)", re.IGNORECASE)
_ALTERNATIVE: Final = re.compile(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_SPACED: Final = frozenset({"br", "td", "th", "option", "button", "input"})


def without_leading_thoughts(text: str) -> str:
    """``text`` without the ``<think>`` blocks it begins with, the last of them even unclosed.

    They go before Markdown is read: a thought may hold an open code fence, which would swallow its end.
    """
    position = 0
    while thought := _LEADING_THOUGHT.match(text, position):
        position = thought.end()
    return text[position:]


def may_be_thought(text: str) -> bool:
    """Whether a longer text that begins with ``text`` may have nothing but thoughts so far."""
    position = 0
    while (thought := _LEADING_THOUGHT.match(text, position)) and thought[0].endswith(">") and "</" in thought[0]:
        position = thought.end()
    rest = text[position:].lstrip()
    begun = any(f"<{name}".startswith(rest.lower()) for name in _THOUGHTS.split("|"))
    return begun or _OPEN_THOUGHT.match(rest) is not None


def words_of_tag(tag: str) -> str:
    """What one HTML tag says: an image its alternative text, a block a line break, anything else nothing."""
    found = _TAG_NAME.match(tag)
    name = found[1].lower() if found else ""
    if name == "img":
        alternative = _ALTERNATIVE.search(tag)
        return html.unescape(alternative[1] or alternative[2] or "") if alternative else ""
    if name in _BLOCKS:
        return "\n"
    return " " if name in _SPACED else ""


class Silence:
    """Where in a document nothing is said: from the start of a silent element or comment to its end.

    It is told the document's raw pieces in order and remembers across them, so an element that is never closed silences
    the rest.
    """

    def __init__(self) -> None:
        self._until: re.Pattern[str] | None = None

    def __bool__(self) -> bool:
        return self._until is not None

    def audible(self, raw: str) -> str:
        """What of ``raw`` is outside of silent elements; time linear in its length."""
        heard = []
        position = 0
        while True:
            if self._until is not None:
                end = self._until.search(raw, position)
                if end is None:
                    break
                position, self._until = end.end(), None
            start = _SILENT_FROM.search(raw, position)
            heard.append(raw[position : start.start() if start else None])
            if start is None:
                break
            position, self._until = start.end(), _end_of(start)
        return "".join(heard)

    def verbatim(self, code: str) -> str:
        """All of ``code``, whose tags are only quoted; in silence, what comes after its end."""
        return self.audible(code) if self else code


def _end_of(start: re.Match[str]) -> re.Pattern[str] | None:
    name = start["code"] or start["thought"]
    if name:
        return _SILENT_TO[name.lower()]
    return None if start[0].endswith(">") else _COMMENT_TO
