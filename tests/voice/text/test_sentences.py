# ruff: noqa: RUF001 - texts in many scripts are what is tested

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.text.sentences import SentenceSplitter, split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Hello there.", "How are you?", "Fine!"],
        ["It costs 3.5 dollars.", "Or 1,000.50 of them."],
        ["See https://example.com/a.b?c=d!e for more.", "Then node.js and example.com."],
        ["J. R. R. Tolkien wrote it.", "So did J.R.R. Tolkien, for the U.S. Army."],
        ["Can you and I.", "We can."],
        ["Dr. Smith met Mrs. Jones vs. Prof. Lee.", "They spoke."],
        ["Bring e.g. bread, i.e. food, etc. and water, etc.", "Then go."],
        ["We left at 5 p.m.", "They came at 9 a.m. sharp."],
        ["No. 5 is alive.", "No.", "I mean it.", "See Fig. 2 and pp. 5-10."],
        ["On Jan. 5th it was cold.", "It was worse in Feb.", "We froze."],
        ["Wait... what?", "Well...", "He left.", "Hm… yes.", "Hm…", "No."],
        ["What?!", "No!!!", "Yes..."],
        ['He said "stop."', "Then (he left.)", "“Go!”", '"Really?" she asked.', "'Yes.'"],
        ["(See the notes.)", "[Or not.]", "*Really.*", "Done."],
        ["1. First do this.", "2. Second do that.", "a. is a letter."],
        ["« Bonjour ! »", "Il part.", "« Au revoir. »"],
        ["it was late.", "5 of us left.", "ok.", "bye."],
        ["... and then it began.", "Hi."],
    ],
)
def test_it_tells_where_a_sentence_ends(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["你好。", "我很好！", "真的？！", "「是的。」", "他说：“走吧。”", "好"],
        ["यह है।", "ठीक है॥", "हाँ"],
        ["یہ ہے۔", "کیا؟", "ہاں"],
        ["ሰላም።", "ደህና"],
    ],
)
def test_full_stops_of_other_scripts_need_no_space(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences)) == sentences
    assert split_sentences(" ".join(sentences)) == sentences


def test_a_line_break_ends_a_sentence_but_never_leaves_marks_alone() -> None:
    assert split_sentences("One\ntwo\r\n\n- three\n---\n\nfour\n") == ["One", "two", "- three", "--- four"]


@pytest.mark.parametrize(("text", "sentences"), [("", []), (" \n ", []), ("...", ["..."]), (" hi ", ["hi"])])
def test_what_is_left_at_the_end_is_the_last_sentence(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_sentence_is_given_back_as_soon_as_the_next_one_begins() -> None:
    splitter = SentenceSplitter()
    assert splitter.feed("Hello there.") == []
    assert splitter.feed(" How") == ["Hello there."]
    assert splitter.feed(" are you?\n") == ["How are you?"]
    assert splitter.feed("好。") == []
    assert splitter.feed("再见") == ["好。"]
    assert splitter.flush() == ["再见"]


def test_a_flushed_splitter_begins_anew() -> None:
    splitter = SentenceSplitter()
    splitter.feed("Hello. ")
    assert splitter.flush() == ["Hello."]
    assert splitter.flush() == []
    assert splitter.feed("1. First. Second") == ["1. First."]


WORDS = ["Hello", "he", "Dr", "J", "U.S", "e.g", "etc", "No", "p.m", "3.5", "12", "a.b/c?d", "你好", "-", ","]
MARKS = [".", "...", "…", "?", "!", "。", "！", "؟", "।", '"', "'", "”", "“", "»", "«", "(", ")", "」", "*"]
PIECES = st.sampled_from([*WORDS, *MARKS, " ", "  ", "\n", "\r\n"])
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=60).map("".join)


@given(TEXTS, st.data())
def test_any_chunking_of_a_text_gives_the_same_sentences(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    edges = [0, *cuts, len(text)]
    splitter = SentenceSplitter()
    sentences = [s for start, end in pairwise(edges) for s in splitter.feed(text[start:end])]
    assert sentences + splitter.flush() == split_sentences(text)


@given(TEXTS)
def test_one_character_at_a_time_gives_the_same_sentences(text: str) -> None:
    splitter = SentenceSplitter()
    assert [s for character in text for s in splitter.feed(character)] + splitter.flush() == split_sentences(text)


@given(TEXTS)
def test_sentences_lose_no_visible_character_and_are_never_blank(text: str) -> None:
    sentences = split_sentences(text)
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(sentence and sentence == sentence.strip() for sentence in sentences)


@pytest.mark.parametrize("piece", ["a", " ", ".", "A. ", "1. ", "\n", "。", '"', ". ", "Hello there. "])
def test_two_hundred_thousand_characters_one_at_a_time_are_read_to_the_end(piece: str) -> None:
    text = (piece * 200_000)[:200_000]
    splitter = SentenceSplitter()
    found = [s for character in text for s in splitter.feed(character)] + splitter.flush()
    assert sum(len("".join(s.split())) for s in found) == len("".join(text.split()))
