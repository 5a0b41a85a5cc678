"""Markdown cut, while it is still being written, into pieces that can be cleaned and said one by one."""

from __future__ import annotations

import re
from typing import Final

from voice.text.cleaning import CODE_BLOCK
from voice.text.emphasis import without_loose_marks
from voice.text.lines import Line, fence_of, line_of
from voice.text.markup import may_be_thought, without_leading_thoughts
from voice.text.sentences import SentenceSplitter

_PART: Final = re.compile(r"\n|[^\n]+")
_LONGEST_TAG: Final = 32
"""Characters. What seems a thought when there are more of them is one; only a bracket can end it."""


class DictatedText:
    """Takes Markdown as it comes and gives back each sentence and each table once it is certain to have ended.

    Lines of a paragraph are joined, blocks of code announced, thoughts that it begins with left out. However the text
    is cut, the pieces are the same. ``waiting`` is how many characters have come since the last piece.
    """

    def __init__(self) -> None:
        self.waiting = 0
        self._thought: str | None = ""
        self._sentences = SentenceSplitter()
        self._line = ""
        self._kind: Line | None = None
        self._gap = ""
        self._rows: list[str] = []
        self._fence = ""

    def feed(self, delta: str) -> list[str]:
        """Take in more text; the pieces it completes, often none."""
        self.waiting += len(delta)
        said = self._after_thoughts(delta.replace("\r", ""))
        return self._given([piece for part in _PART.findall(said) for piece in self._take(part)])

    def flush(self) -> list[str]:
        """The text rests here: what is left as a last sentence. A table or a block of code still waits for its end."""
        if self._rows or self._fence:
            return []
        begun = self._begin(line_of(self._line)) if self._line and self._kind is None else []
        return self._given([*begun, *self._sentences.flush()])

    def end(self) -> list[str]:
        """The text has ended: all that is left."""
        held, self._thought = without_leading_thoughts(self._thought or ""), None
        pieces = [piece for part in _PART.findall(held + "\n") for piece in self._take(part)]
        return self._given([*pieces, *self._end_block(), *self._sentences.flush()])

    def _after_thoughts(self, delta: str) -> str:
        """What of the text comes after the thoughts it may begin with: nothing, until that is known."""
        if self._thought is None:
            return delta
        is_thinking = len(self._thought.strip()) > _LONGEST_TAG
        self._thought += delta
        if (is_thinking and ">" not in delta) or may_be_thought(self._thought):
            return ""
        said, self._thought = without_leading_thoughts(self._thought), None
        return said

    def _take(self, part: str) -> list[str]:
        if part == "\n":
            return self._end_line()
        if self._kind in (Line.PROSE, Line.HEADING, Line.ITEM):
            return self._sentences.feed(part)
        self._line += part
        if self._fence or self._kind is Line.ROW:
            return []
        kind = line_of(self._line, is_whole=False)
        return [] if kind is None else self._begin(kind)

    def _begin(self, kind: Line | None) -> list[str]:
        """It is known what the line is that has begun."""
        self._kind = kind
        before = [] if kind is Line.ROW else self._end_block()
        match kind:
            case Line.PROSE:
                return [*before, *self._sentences.feed(self._gap + self._line)]
            case Line.HEADING | Line.ITEM:
                return [*before, *self._sentences.feed("\n" + self._line)]
            case Line.FENCE:
                self._fence = fence_of(self._line)
        return [*before, *self._sentences.feed("\n")]

    def _end_line(self) -> list[str]:
        if self._kind is not None:
            pieces = []
        elif not self._fence:
            pieces = self._begin(line_of(self._line))
        else:
            pieces = self._end_block() if fence_of(self._line).startswith(self._fence) else []
        if self._kind is Line.ROW:
            self._rows.append(self._line)
        self._gap = "\n" if self._kind is Line.HEADING else " "
        self._line, self._kind = "", None
        return pieces

    def _end_block(self) -> list[str]:
        block = CODE_BLOCK if self._fence else "\n".join(self._rows)
        self._rows, self._fence = [], ""
        return [block] if block else []

    def _given(self, pieces: list[str]) -> list[str]:
        if pieces:
            self.waiting = 0
        return [without_loose_marks(piece) for piece in pieces]
