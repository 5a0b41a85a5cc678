# ruff: noqa: RUF001 - texts in many scripts are what is tested

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.text.characters import is_pronounceable
from voice.text.cleaning import clean


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Hello **there**, _you_ ***two***", "Hello there, you two"),
        ("un*frigging*believable and __bold__", "unfriggingbelievable and bold"),
        ("~~old~~ new", "old new"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        (r"\*not emphasis\*", "*not emphasis*"),
    ],
)
def test_emphasised_words_survive_and_lone_marks_too(markdown: str, words: str) -> None:
    assert clean(markdown) == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# Title\nBody", "Title.\nBody"),
        ("Title\n=====\nBody", "Title.\nBody"),
        ("## Ready?", "Ready?"),
        ('### He said "no."', 'He said "no."'),
        ("# 标题", "标题。"),
    ],
)
def test_headings_are_sentences(markdown: str, words: str) -> None:
    assert clean(markdown) == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("- milk\n- eggs!\n- bread:", "milk.\neggs!\nbread:"),
        ("1. First\n2. Second", "1. First.\n2. Second."),
        ("3) Third\n   - inner\n     continued", "3. Third.\ninner continued."),
        ("- [x] done\n- [ ] to do", "done.\nto do."),
        ("1. one\n\n   more of one\n2. 👍\n3. three", "1. one.\nmore of one.\n3. three."),
    ],
)
def test_list_items_are_sentences(markdown: str, words: str) -> None:
    assert clean(markdown) == words


def test_tables_are_said_by_row() -> None:
    table = "| Name | Age | |\n|:--|--:|-|\n| **Ann** | 30 | – |\n| Bob<br>B. | 41 | ✓ |"
    assert clean(table) == "Name, Age.\nAnn, 30.\nBob B., 41."


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("See [the *docs*](https://example.com/docs_a_b 'title').", "See the docs."),
        ("[the docs][1]\n\n[1]: https://example.com", "the docs"),
        ("Go to https://www.example.com/a_b_c?d=*e*f, now", "Go to example.com, now"),
        ("**https://example.com/x**", "example.com"),
        ("<https://example.com/x> or <mailto:ann@example.com>", "example.com or ann@example.com"),
        ("[https://example.com/a](https://example.com/a)", "example.com"),
        ("www.example.com/path", "example.com"),
        ("[](https://example.com)x", "x"),
    ],
)
def test_links_are_said_by_their_words_and_addresses_by_their_host(markdown: str, words: str) -> None:
    assert clean(markdown) == words


def test_images_are_said_by_their_alternative_text() -> None:
    assert clean("![A *red* apple](a.png) and <img alt='a pear' src=b.png>") == "A red apple and a pear"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Run `pip install x_y`.", "Run pip install x_y."),
        ("``a ` b`` and `<script>` stay", "a ` b and <script> stay"),
        ("Run:\n```sh\nmake\n```\nDone.", "Run:\nCode block.\nDone."),
        ("Run:\n\n    make\n\nDone.", "Run:\nCode block.\nDone."),
        ("Two:\n```\na\n```\n```\nb\n```", "Two:\nCode block."),
        ("a\n```\nx\n```\nb\n~~~\ny\n~~~", "a\nCode block.\nb\nCode block."),
        ("Open:\n```\nnever closed", "Open:\nCode block."),
    ],
)
def test_inline_code_keeps_its_words_and_blocks_are_announced(markdown: str, words: str) -> None:
    assert clean(markdown) == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("<b>bold</b> and <span class='x'>more</span>", "bold and more"),
        ("<div>\n  <p>One <b>**two**</b></p>\n</div>\nThree", "One two\nThree"),
        ("<details><summary>More</summary>\n\nInside\n</details>", "More\nInside"),
        ("a<br>b", "a b"),
        ("Hi <script>alert('<b>')</script>there", "Hi there"),
        ("<SCRIPT async>\nif (a < b) {\n\n    x()\n}\n</SCRIPT\t>\n\nAfter", "After"),
        ("<style type='text/css'>\nb { }\n\n* c\n</style>\n\nAfter", "After"),
        ("Before <style>b {}", "Before"),
        ("a <!-- one --> b\n\n<!--\n\n# two\n\n```\n-->\n```\n\nc", "a b\nc"),
        ("Before <!-- never closed\n\nAfter", "Before"),
        ("<think>\nHm.\n\n- `</div>`\n</think>\n\nHello", "Hello"),
        ("Hello <Think x='1'>hm</THINK> there", "Hello there"),
        ("Hello\n\n<think>never closed\n\n# Title", "Hello"),
        ("&lt;!-- shown --&gt; and \\<think> too", "<!-- shown --> and <think> too"),
    ],
)
def test_tags_go_and_scripts_comments_and_thoughts_go_whole(markdown: str, words: str) -> None:
    assert clean(markdown) == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Tom &amp; Ann &#8364;5 &eacute;", "Tom & Ann €5 é"),
        ("a\x00b&#0;c&#8203;d\ud800e", "abcde"),
        ("&#x1F600; fine &zwj;", "fine"),
        ("e&#x301;t\u202ee", "éte"),
    ],
)
def test_entities_are_decoded_and_bring_nothing_unspeakable_back(markdown: str, words: str) -> None:
    assert clean(markdown) == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [("one\ntwo  \nthree\\\nfour", "one two three four"), ("one\n\ntwo\n\n\n> three", "one\ntwo\nthree")],
)
def test_breaks_become_spaces_and_paragraphs_stay_apart(markdown: str, words: str) -> None:
    assert clean(markdown) == words


@pytest.mark.parametrize(
    "markdown",
    [
        "",
        " \n\t ",
        "👍🎉 👨‍👩‍👧 1️⃣",
        "```python\nprint('hello')\n```",
        "    indented code",
        "~~~\na\n~~~\n\n```\nb\n```\n🎉",
        "***\n---\n## \n- \n>",
        "<div><br></div><!-- a -->",
        "<script>alert(1)</script>",
        "<think>hm</think>",
        "![](a.png)",
        "[]()",
        "... ?! —",
        "\x00\ud800\u200b",
        "[a]: https://example.com",
    ],
)
def test_nothing_to_say_is_an_empty_text(markdown: str) -> None:
    assert clean(markdown) == ""


REPLY = """\
<think>
The user wants a plan. ```
</think>

# Your trip to *Zürich* 🇨🇭

Hi **Dr. Smith**! Here's the plan — it costs about $3.50 per day, see
<https://www.sbb.ch/en/timetable?from=a_b> or [the SBB app](https://sbb.ch "SBB").

## What to pack

1. A **warm** jacket
   - rain-proof, if you have one
   - or an umbrella ☔
2. Your `passport_id`
3. ~~Nothing~~ *Everything* else!

| Day | Where | Cost |
|-----|:-----:|-----:|
| Mon | Zürich &amp; lake | CHF 20 |
| Tue | **Bern** | – |

![Map of the old town](map.png)

```python
book("Zürich")  # <b>not said</b>
```

    and = "indented"

> Travel is fatal to prejudice.
> — Mark Twain

<details>
<summary>Small print</summary>

Prices are *estimates*.<br>Ask first.
</details>

<!-- TODO: check prices -->
Anything else? 😊
"""

HEARD = """\
Your trip to Zürich.
Hi Dr. Smith! Here's the plan — it costs about $3.50 per day, see sbb.ch or the SBB app.
What to pack.
1. A warm jacket.
rain-proof, if you have one.
or an umbrella.
2. Your passport_id.
3. Nothing Everything else!
Day, Where, Cost.
Mon, Zürich & lake, CHF 20.
Tue, Bern.
Map of the old town
Code block.
Travel is fatal to prejudice. — Mark Twain
Small print
Prices are estimates. Ask first.
Anything else?"""


def test_it_reads_a_long_reply_with_everything_in_it() -> None:
    assert clean(REPLY) == HEARD


HOSTILE = [
    "[",
    "*",
    "<",
    "_",
    "`",
    "![",
    "[a](",
    "> ",
    "- ",
    "~",
    "|a\n|-\n",
    "http://",
    "<!--",
    "<b>",
    "👍",
    "\u0301",
    "&",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_thousand_hostile_characters_are_read_to_the_end(piece: str) -> None:
    filler = (piece * 100_000)[:100_000]
    assert clean(f"Hello\n\n{filler}").startswith("Hello")


MARKDOWN = st.lists(
    st.sampled_from(
        [*HOSTILE, "word", "é", " ", "\n", "\n\n", "#", "</b>", "<script>", "</script>", "\\", "1. ", ")", "]", "-->"]
    )
    | st.text(st.characters(exclude_categories=[]), max_size=5),
    max_size=40,
).map("".join)


@given(MARKDOWN)
def test_whatever_is_written_comes_out_in_nfc_on_single_spaced_lines_or_not_at_all(markdown: str) -> None:
    words = clean(markdown)
    words.encode()
    assert unicodedata.is_normalized("NFC", words)
    assert not words or is_pronounceable(words)
    assert all(line == " ".join(line.split()) and is_pronounceable(line) for line in words.splitlines())


@given(st.lists(st.from_regex(r"[A-Za-zéß]{1,9}[,.;?]?", fullmatch=True), min_size=1).map(" ".join))
def test_plain_words_stay_as_they_are(words: str) -> None:
    assert clean(words) == words
