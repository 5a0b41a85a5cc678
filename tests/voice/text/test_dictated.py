"""Markdown that is still being written is said in the pieces a reader would make of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.text.cleaning import clean
from voice.text.dictated import DictatedText

REPLY = """\
<think>They want **a list**.</think>
## The plan

First we *pack*. **Then we leave. At once!** The road is
long, and it goes
on.

1. Bread
2. Cheese. And wine.

| who | what |
|---|---|
| Ada | the map |

```python
print("Hello. World.")
```
That is *all*."""

PIECES = [
    "## The plan",
    "First we *pack*.",
    "Then we leave.",
    "At once!",
    "The road is long, and it goes on.",
    "1. Bread",
    "2. Cheese.",
    "And wine.",
    "| who | what |\n|---|---|\n| Ada | the map |",
    "Code block.",
    "That is *all*.",
]


def pieces_of(deltas: list[str]) -> list[str]:
    text = DictatedText()
    return [piece for delta in deltas for piece in text.feed(delta)] + text.end()


def test_a_reply_comes_in_sentences_tables_and_blocks() -> None:
    assert pieces_of([REPLY]) == PIECES


@pytest.mark.parametrize("size", [1, 2, 3, 7, 40])
def test_however_it_comes_the_pieces_are_the_same(size: int) -> None:
    assert pieces_of([REPLY[at : at + size] for at in range(0, len(REPLY), size)]) == PIECES


@given(st.text(st.sampled_from("ab. \n#-*|`1>~<"), max_size=80), st.integers(1, 9))
def test_so_it_is_with_any_marks(text: str, size: int) -> None:
    assert pieces_of([text[at : at + size] for at in range(0, len(text), size)]) == pieces_of([text])


def test_piece_by_piece_the_same_is_said_as_of_the_whole() -> None:
    together = " ".join(clean(piece) for piece in PIECES)
    assert together.split() == clean(REPLY).split()


def test_a_sentence_is_given_as_soon_as_it_has_ended() -> None:
    text = DictatedText()
    assert text.feed("It is late. W") == ["It is late."]
    assert text.feed("e go.") == []
    assert text.flush() == ["We go."]
    assert text.feed(" Now.") == []
    assert text.end() == ["Now."]


def test_a_block_of_code_waits_for_its_end_whoever_is_impatient() -> None:
    text = DictatedText()
    assert text.feed("So:\n```\nx = 1. Y\n") == ["So:"]
    assert text.flush() == []
    assert text.feed("```\n") == ["Code block."]


def test_a_thought_that_never_ends_is_never_said() -> None:
    assert pieces_of(["<thi", "nk>Hm. What", " now? ", "Well."]) == []


@pytest.mark.parametrize("text", ["<b>Hello</b> you.", "<3 you and everybody else in this house.", "< you."])
def test_other_tags_are_no_thoughts(text: str) -> None:
    assert pieces_of(list(text)) == pieces_of([text]) == [text]


def test_a_long_thought_ends_where_it_ends() -> None:
    thought = "<think>" + "If x < y and y > z, what then? " * 20 + "</think>"
    assert pieces_of(list(thought + "Nothing.")) == ["Nothing."]


def test_it_says_how_much_waits() -> None:
    text = DictatedText()
    text.feed("one two")
    assert text.waiting == 7
    text.feed(" three. F")
    assert text.waiting == 0
