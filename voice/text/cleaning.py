"""From a chat message in Markdown to the words to be said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from markdown_it.token import Token

from voice.text.addresses import with_short_addresses
from voice.text.characters import is_pronounceable, normalized, single_spaced, without_pictures
from voice.text.markdown import tokens_of
from voice.text.markup import Silence, without_leading_thoughts, words_of_tag

CODE_BLOCK: Final = "Code block."
"""What is said in place of a block of code."""

_ENDED: Final = re.compile(r"""[.!?:;,…。！？：；，、؟،؛۔।]['"”’»)\]）」』】]*$""")  # noqa: RUF001 - stops of every script
_ENDS_IN_CHINESE_SCRIPT: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]$")
_CHECKBOX: Final = re.compile(r"^\[[ xX]\] ")


def clean(markdown: str) -> str:
    """What a listener should hear of ``markdown``: speakable words in NFC; a line is a paragraph, heading, item or row.

    Links are said by their words, bare addresses by their host, images by their alternative text, tables by row; code
    blocks are only announced; emoji, HTML tags, scripts, comments and thoughts are dropped. It is ``""`` when there is
    nothing to say. Time is linear in the length of ``markdown``.
    """
    reader = _Reader()
    reader.read(tokens_of(normalized(without_leading_thoughts(markdown))))
    return "\n".join(reader.lines) if reader.has_words else ""


class _Reader:
    """Walks the tokens of one document and collects the lines to be said."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.has_words = False
        self._silence = Silence()
        self._cells: list[str] | None = None
        self._sentence_depth = 0
        self._number = ""

    def read(self, tokens: Sequence[Token]) -> None:
        """Take in the document's block tokens."""
        for token in tokens:
            take = _BLOCKS.get(token.type)
            if take is not None:
                take(self, token)

    def take_inline(self, token: Token) -> None:
        for line in self._words(token.children or []).split("\n"):
            words = _spoken(line)
            if not is_pronounceable(words):
                continue
            if self._cells is None:
                self._say(words)
            else:
                self._cells.append(words)

    def take_code(self, token: Token) -> None:
        if self._silence:
            self._silence.audible(token.content)
        elif self.lines[-1:] != [CODE_BLOCK]:
            self.lines.append(CODE_BLOCK)

    def open_sentence(self, _: Token) -> None:
        self._sentence_depth += 1

    def close_sentence(self, _: Token) -> None:
        self._sentence_depth -= 1

    def open_item(self, token: Token) -> None:
        self._number = f"{token.info}. " if token.info else ""

    def close_item(self, _: Token) -> None:
        self._number = ""

    def open_row(self, _: Token) -> None:
        self._cells = []

    def close_row(self, _: Token) -> None:
        if self._cells:
            self._keep(_as_sentence(", ".join(self._cells)))
        self._cells = None

    def _say(self, words: str) -> None:
        if self._sentence_depth:
            words = _as_sentence(self._number + _CHECKBOX.sub("", words))
            self._number = ""
        self._keep(words)

    def _keep(self, line: str) -> None:
        self.lines.append(line)
        self.has_words = True

    def _words(self, tokens: Sequence[Token]) -> str:
        return "".join(map(self._words_of, tokens))

    def _words_of(self, token: Token) -> str:
        match token.type:
            case "text":
                return with_short_addresses(self._silence.audible(token.content))
            case "html_inline":
                return words_of_tag(self._silence.audible(token.content))
            case "image":
                return self._words(token.children or [])
            case "softbreak" | "hardbreak":
                return " "
            case "text_special" | "code_inline":
                return self._silence.verbatim(token.content)
            case _:
                return ""


_BLOCKS: Final[dict[str, Callable[[_Reader, Token], None]]] = {
    "inline": _Reader.take_inline,
    "fence": _Reader.take_code,
    "code_block": _Reader.take_code,
    "heading_open": _Reader.open_sentence,
    "heading_close": _Reader.close_sentence,
    "bullet_list_open": _Reader.open_sentence,
    "bullet_list_close": _Reader.close_sentence,
    "ordered_list_open": _Reader.open_sentence,
    "ordered_list_close": _Reader.close_sentence,
    "list_item_open": _Reader.open_item,
    "list_item_close": _Reader.close_item,
    "tr_open": _Reader.open_row,
    "tr_close": _Reader.close_row,
}


def _spoken(line: str) -> str:
    """One line as it is said; entities may have brought back what was taken out of the source."""
    return single_spaced(without_pictures(normalized(line)))


def _as_sentence(words: str) -> str:
    if _ENDED.search(words):
        return words
    return words + ("。" if _ENDS_IN_CHINESE_SCRIPT.search(words) else ".")
