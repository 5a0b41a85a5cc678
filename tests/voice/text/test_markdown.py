import pytest

from voice.text.markdown import tokens_of


def words(markdown: str) -> list[tuple[str, str]]:
    """Type and content of every inline token that has any."""
    children = [child for token in tokens_of(markdown) for child in token.children or []]
    return [(child.type, child.content) for child in children if child.content]


@pytest.mark.parametrize(
    ("markdown", "host"),
    [
        ("https://www.example.com/a_b_c*d*", "example.com"),
        ("ftp://files.example.com", "files.example.com"),
        ("http://localhost:8000/", "localhost"),
    ],
)
def test_a_bare_address_is_one_word_whatever_marks_are_in_its_path(markdown: str, host: str) -> None:
    assert words(markdown)[0] == ("text_special", host)


def test_an_address_ends_before_the_marks_around_it() -> None:
    assert words("(http://a.org/b), c") == [("text", "("), ("text_special", "a.org"), ("text", "), c")]


def test_an_address_may_be_the_words_of_a_link() -> None:
    assert words("[http://a.org/b](http://c.org)") == [("text_special", "a.org")]


@pytest.mark.parametrize("text", ["a :// b", "://", "1://a", "http://"])
def test_two_strokes_alone_are_no_address(text: str) -> None:
    assert "".join(content for _, content in words(text)) == text


def test_html_is_read_inline_so_that_its_words_are_markdown_too() -> None:
    assert ("html_inline", "<div>") in words("<div>\n**a**\n</div>")
    assert ("text", "a") in words("<div>\n**a**\n</div>")


def test_escaped_signs_stay_apart_from_the_text_around_them() -> None:
    assert words("&lt;!-- a") == [("text_special", "<"), ("text", "!-- a")]
