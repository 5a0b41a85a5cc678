from voice.text.abbreviations import MAYBE_LAST, NEVER_LAST
from voice.text.sentences import split_sentences


def test_tables_are_keyed_without_the_last_full_stop() -> None:
    assert [written for written in NEVER_LAST | MAYBE_LAST if written.endswith(".")] == []


def test_no_sentence_ends_on_what_is_never_last() -> None:
    assert [written for written in NEVER_LAST if len(split_sentences(f"So {written}. Then more")) != 1] == []


def test_a_sentence_may_end_on_what_is_maybe_last() -> None:
    words = {written for written in MAYBE_LAST if " " not in written}
    assert [written for written in words if len(split_sentences(f"So {written}. Then more")) != 2] == []
    assert [written for written in words if len(split_sentences(f"So {written}. 5 more")) != 1] == []
