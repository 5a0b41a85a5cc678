"""Markdown becomes HTML that cannot harm the page it is shown on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.calls.rendering import to_html


def test_it_renders_what_people_write() -> None:
    html = to_html("Some *fine* **words**, `code`, ~~gone~~\n\n1. one\n2. two")
    assert "<em>fine</em> <strong>words</strong>, <code>code</code>, <s>gone</s>" in html
    assert "<ol>\n<li>one</li>\n<li>two</li>\n</ol>" in html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onclick='x'>bold</b>",
        "<!-- comment -->",
        "`<script>`",
        "    <script>indented()</script>",
        "```html\n<script>fenced()</script>\n```",
        "```</code><script>\nx\n```",
        '![<script>alert(1)</script>](https://example.com/x.png "<script>")',
    ],
)
def test_it_shows_html_as_text(attack: str) -> None:
    html = to_html(attack)
    assert "<script" not in html
    assert "<img" not in html
    assert "<b " not in html
    assert "<!--" not in html


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
)
def test_it_makes_no_link_of_a_dangerous_address(address: str) -> None:
    assert "href" not in to_html(f"[press me]({address}) and <{address}>")


def test_a_link_learns_nothing_of_where_it_was_found() -> None:
    html = to_html("[docs](https://example.com/a?b=1&c=2)")
    assert 'href="https://example.com/a?b=1&amp;c=2"' in html
    assert 'rel="noopener noreferrer nofollow"' in html
    assert 'target="_blank"' in html


def test_an_address_alone_is_a_link_and_a_word_with_a_dot_is_none() -> None:
    assert 'href="https://example.com"' in to_html("See https://example.com for more")
    assert "href" not in to_html("Call audio.play or write to me@example.com")


def test_an_image_is_a_link_so_that_nothing_is_fetched() -> None:
    html = to_html("![a *red* cat](https://example.com/cat.png)")
    assert '<a href="https://example.com/cat.png"' in html
    assert ">a *red* cat</a>" in html


def test_headings_stand_below_those_of_the_page() -> None:
    assert to_html("# One") == "<h3>One</h3>\n"
    assert to_html("###### Six") == "<h6>Six</h6>\n"


def test_a_table_aligns_without_style_attributes() -> None:
    html = to_html("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert '<td class="align-right">2</td>' in html
    assert "style=" not in html


def test_what_scrolls_can_be_reached_with_the_keyboard() -> None:
    assert '<pre tabindex="0">' in to_html("```python\nx = 1\n```")
    assert '<pre tabindex="0">' in to_html("    x = 1")
    assert '<div class="table" tabindex="0"' in to_html("| a |\n|---|\n| 1 |")


@given(st.text(alphabet=st.sampled_from("<>\"'&[]()!`*#|-:/ \nabjsx=1"), max_size=60))
def test_no_text_makes_an_element_or_attribute_of_its_own(text: str) -> None:
    allowed = "a|blockquote|br|code|div|em|h[3-6]|hr|li|ol|p|pre|s|strong|table|tbody|td|th|thead|tr|ul"
    for name, attributes in re.findall(r"<(?!/)([^\s>/]+)([^>]*)>", to_html(text)):
        assert re.fullmatch(allowed, name)
        assert set(re.findall(r'([\w-]+)="', attributes)) <= {
            *("href", "title", "rel", "target", "class", "tabindex", "role", "aria-label", "start")
        }


def test_a_flood_of_addresses_is_shown_as_it_is() -> None:
    flood = "://" * 6000
    assert to_html(flood) == f"<p>{flood}</p>\n"
    many = "https://example.com " * 5000
    assert "<a " not in to_html(many)
