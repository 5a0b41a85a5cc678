import pytest

from voice.text.markup import Silence, without_leading_thoughts, words_of_tag


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<think>Let me see.</think>Hello", "Hello"),
        ("\n <THINK class='x'>a\n\n```\nopen fence</Think >\n\nHello", "\n\nHello"),
        ("<think>one</think> <thinking>two</thinking>Hello", "Hello"),
        ("<think>never closed", ""),
        ("<think>a<reasoning>b</reasoning>c</think>Hello", "Hello"),
        ("<thinker>Hello</thinker>", "<thinker>Hello</thinker>"),
        ("Hello <think>later</think>", "Hello <think>later</think>"),
    ],
)
def test_thoughts_at_the_start_are_dropped_before_markdown_is_read(text: str, expected: str) -> None:
    assert without_leading_thoughts(text) == expected


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("<b>", ""),
        ("</b>", ""),
        ("<p class='x'>", "\n"),
        ("</LI>", "\n"),
        ("<br/>", " "),
        ('<img src="x" alt="A cat &amp; a dog">', "A cat & a dog"),
        ("<IMG ALT='A cat'/>", "A cat"),
        ("<img src=x>", ""),
        ("<?php echo ?>", ""),
        ("<!DOCTYPE html>", ""),
        ("", ""),
    ],
)
def test_a_tag_says_its_alternative_text_or_breaks_a_line_or_nothing(tag: str, words: str) -> None:
    assert words_of_tag(tag) == words


@pytest.mark.parametrize(
    ("raw", "heard"),
    [
        ("a<script>b</script>c", "ac"),
        ("a<SCRIPT src='x.js' async>b</Script >c", "ac"),
        ("a<script src=x/>b</script>c", "ac"),
        ("a<style>b", "a"),
        ("a<!-- b -->c<!---->d<!-->e", "acde"),
        ("a<!-- b", "a"),
        ("a<think>b</think>c", "ac"),
        ("a<think/>b", "a<think/>b"),
        ("a<scripture>b", "a<scripture>b"),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_silent_elements_are_not_heard(raw: str, heard: str) -> None:
    assert Silence().audible(raw) == heard


def test_silence_lasts_across_pieces_until_its_own_end() -> None:
    silence = Silence()
    heard = [silence.audible(piece) for piece in ("a<script>", "b </style> <!-- -->", "c</script>d", "e")]
    assert heard == ["a", "", "d", "e"]


def test_code_is_heard_as_it_is_written_but_can_end_a_silence() -> None:
    silence = Silence()
    assert silence.verbatim("<script>") == "<script>"
    silence.audible("<script>")
    assert silence.verbatim("a</script>b") == "b"
    assert not silence


@pytest.mark.parametrize("piece", ["<script", "<script>", "<think ", "<!--", "</think", "<think></think>", "<!--a-->"])
def test_a_hundred_thousand_characters_of_tags_are_read(piece: str) -> None:
    raw = (piece * 100_000)[:100_000]
    assert len(Silence().audible(without_leading_thoughts(raw))) <= len(raw)
