"""Web addresses among words: said by their host alone."""

from __future__ import annotations

import re
from typing import Final

_CHARACTER: Final = r"""[^\s()<>"“”`\[\]{}|\\^，。；：！？、（）「」『』《》]"""  # noqa: RUF001 - Chinese marks end an address
_IN_ADDRESS: Final = rf"(?:{_CHARACTER}|\({_CHARACTER}*\))"

WITH_SCHEME: Final = re.compile(rf"[a-z][a-z0-9+.-]{{1,15}}://{_IN_ADDRESS}+", re.IGNORECASE)

_WITHOUT_SCHEME: Final = re.compile(
    r"(?<![\w@/.-])"
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|(?:[\w-]+\.)+(?:com|org|net|edu|gov|io|ai|dev|app|co|uk|de|fr|eu|info)(?=[:/]))"
    rf"(?::\d+)?(?:[/?#]{_IN_ADDRESS}*)?",
    re.IGNORECASE,
)

_MAIL_SCHEME: Final = re.compile(r"\bmailto:(?=[^\s:@]+@)", re.IGNORECASE)
_AFTER_HOST: Final = re.compile(r"[/?#]|:\d*(?=[/?#]|$)")


def without_closing_marks(address: str) -> str:
    """``address`` without the marks that end the sentence it stands in, not itself."""
    return address.rstrip(".,;:!?*_~'")


def host_of(address: str) -> str:
    """The host of a web address: ``https://www.example.com:80/a?b`` gives ``example.com``; the rest if it has none."""
    rest = address.partition("://")[2] or address
    authority = _AFTER_HOST.split(rest, maxsplit=1)[0]
    return authority.rpartition("@")[2].removeprefix("www.") or rest


def with_short_addresses(text: str) -> str:
    """``text`` with every web address shortened to its host, and mail addresses without their scheme."""
    if "://" in text:
        text = WITH_SCHEME.sub(_shortened, text)
    if "." in text and ("www." in text or "/" in text):
        text = _WITHOUT_SCHEME.sub(_shortened, text)
    return _MAIL_SCHEME.sub("", text) if ":" in text else text


def _shortened(match: re.Match[str]) -> str:
    address = without_closing_marks(match[0])
    return host_of(address) + match[0][len(address) :]
