"""Markdown as HTML that is safe to show: an assistant's words are no more trusted than a person's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

HEADINGS_START_AT: Final = 3
"""A message stands under the page's h1 and its author's h2."""

MOST_ADDRESSES: Final = 100
"""Bare addresses that are made links; finding them takes time that grows with the square of their number."""


def to_html(markdown: str) -> SafeString:
    """Render ``markdown``: HTML in it is shown as text, scripts' and data's addresses stay text, no image is loaded."""
    parser = _PARSER if markdown.count("://") <= MOST_ADDRESSES else _WITHOUT_ADDRESSES
    html: str = parser.render(markdown)
    return mark_safe(html)  # noqa: S308  # made by the renderer below, which escapes what it is given


class _Renderer(RendererHTML):
    """markdown-it's, within our Content-Security-Policy and our outline, for keyboards too."""

    def image(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """A link: an image from elsewhere would tell its server who reads the message."""
        token = tokens[idx]
        link = Token("link_open", "a", 1, attrs={"href": token.attrs["src"]})
        return self._link(link) + _escaped(token.content or "image") + "</a>"

    def link_open(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """A link to elsewhere, which learns nothing of where it was found."""
        return self._link(tokens[idx])

    def _link(self, token: Token) -> str:
        token.attrs |= {"rel": "noopener noreferrer nofollow", "target": "_blank"}
        return f"<a{self.renderAttrs(token)}>"

    def heading_open(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """A heading, below those of the page."""
        return f"<{_below_the_page(tokens[idx].tag)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """Its end."""
        return f"</{_below_the_page(tokens[idx].tag)}>\n"

    def table_open(self, *_: Any) -> str:
        """A table in a frame that scrolls sideways, with the keyboard too."""
        return '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n'

    def table_close(self, *_: Any) -> str:
        """Its end."""
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """A head cell."""
        return _cell(tokens[idx])

    def td_open(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """A cell."""
        return _cell(tokens[idx])

    def fence(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """Code, which scrolls sideways, with the keyboard too."""
        return f'<pre tabindex="0"><code>{_escaped(tokens[idx].content)}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """Code that is indented instead of fenced."""
        return self.fence(tokens, idx)


def _cell(token: Token) -> str:
    """Its alignment as a class: our policy allows no style attributes."""
    _, _, alignment = str(token.attrs.get("style", "")).partition("text-align:")
    classes = f' class="align-{alignment}"' if alignment else ""
    return f"<{token.tag}{classes}>"


def _below_the_page(tag: str) -> str:
    return f"h{min(int(tag[1:]) + HEADINGS_START_AT - 1, 6)}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    return parser.enable(["table", "strikethrough"])


def _linking_parser() -> MarkdownIt:
    parser = _parser().enable("linkify")
    parser.options["linkify"] = True
    if parser.linkify is not None:  # it is: the option above asks for it
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    return parser


_PARSER: Final = _linking_parser()
_WITHOUT_ADDRESSES: Final = _parser()
