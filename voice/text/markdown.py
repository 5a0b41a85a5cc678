"""Reading Markdown: CommonMark with tables, strikethrough and bare web addresses, as tokens."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from voice.text.addresses import WITH_SCHEME, host_of, without_closing_marks

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*$", re.IGNORECASE)
_LONGEST_SCHEME: Final = 16

MAX_NESTING: Final = 20
"""Levels that are read, ten lists in each other; what lies deeper is dropped, and no recursion is exhausted."""


def tokens_of(markdown: str) -> list[Token]:
    """The block tokens of ``markdown``, in order; those of type ``inline`` carry their words as children."""
    return _READER.parse(markdown)


def _bare_address(state: StateInline, silent: bool) -> bool:
    """An inline rule: ``https://example.com/a_b_c`` is one word, its host, whatever marks are in its path.

    The parser's own linkifier is quadratic in a text made of ``://``; this looks back a few characters and no further.
    """
    if not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.src, max(0, state.pos - _LONGEST_SCHEME), state.pos)
    found = WITH_SCHEME.match(state.src, scheme.start(), state.posMax) if scheme else None
    if found is None:
        return False
    address = without_closing_marks(found[0])
    if not silent:
        written = state.src[found.start() : state.pos]
        if not state.pending.endswith(written):
            return False
        state.pending = state.pending.removesuffix(written)
        state.push("text_special", "", 0).content = host_of(address)
    state.pos = max(state.pos + len("://"), found.start() + len(address))
    return True


def _reader() -> MarkdownIt:
    """A parser that sees raw HTML as inline only, so that the words between tags are read like any others.

    Escaped characters and entities stay tokens of their own (no ``text_join``): ``&lt;!--`` opens no comment.
    """
    reader = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    reader.enable(["table", "strikethrough"]).disable(["html_block", "text_join"])
    reader.inline.ruler.before("newline", "bare_address", _bare_address)
    return reader


_READER: Final = _reader()
