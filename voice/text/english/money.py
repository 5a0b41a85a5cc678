"""Amounts of money."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from voice.text.english.number_words import is_one, number
from voice.text.english.rules import APART, DASH, MINUS, NUMBER, Rule, one_of


class _Currency(NamedTuple):
    one: str
    many: str
    cent: str = ""
    cents: str = ""


_DOLLAR: Final = _Currency("dollar", "dollars", "cent", "cents")
_EURO: Final = _Currency("euro", "euros", "cent", "cents")
_POUND: Final = _Currency("pound", "pounds", "penny", "pence")
_YEN: Final = _Currency("yen", "yen")
_RUPEE: Final = _Currency("rupee", "rupees")
_US_DOLLAR: Final = _Currency("US dollar", "US dollars", "cent", "cents")
_CANADIAN_DOLLAR: Final = _Currency("Canadian dollar", "Canadian dollars", "cent", "cents")
_AUSTRALIAN_DOLLAR: Final = _Currency("Australian dollar", "Australian dollars", "cent", "cents")

_CURRENCIES: Final = {
    "$": _DOLLAR,
    "€": _EURO,
    "£": _POUND,
    "¥": _YEN,
    "₹": _RUPEE,
    "₩": _Currency("won", "won"),
    "Rs": _RUPEE,
    "Rs.": _RUPEE,
    "₽": _Currency("ruble", "rubles"),
    "₿": _Currency("bitcoin", "bitcoins"),
    "¢": _Currency("cent", "cents"),
    "US$": _US_DOLLAR,
    "C$": _CANADIAN_DOLLAR,
    "A$": _AUSTRALIAN_DOLLAR,
    "USD": _US_DOLLAR,
    "CAD": _CANADIAN_DOLLAR,
    "AUD": _AUSTRALIAN_DOLLAR,
    "EUR": _EURO,
    "GBP": _POUND,
    "JPY": _YEN,
    "INR": _RUPEE,
    "CHF": _Currency("Swiss franc", "Swiss francs"),
    "CNY": _Currency("yuan", "yuan"),
}
_SCALES: Final = {
    "k": "thousand",
    "K": "thousand",
    "m": "million",
    "M": "million",
    "mn": "million",
    "b": "billion",
    "B": "billion",
    "bn": "billion",
    "T": "trillion",
    "tn": "trillion",
}
_CURRENCY: Final = one_of(_CURRENCIES)
_SCALE: Final = rf"(?:\s(?:hundred|thousand|million|billion|trillion)|{one_of(_SCALES)})\b"


def _amount(match: re.Match[str]) -> str:
    currency = _CURRENCIES[match["currency"]]
    minus = "minus " if match["minus"] else ""
    if match["to"]:
        low, high = _scaled(match["from"], match["scale"]), _scaled(match["to"], match["to_scale"])
        return f"{minus}{low} to {high} {currency.many}"
    if match["scale"]:
        return f"{minus}{_scaled(match['from'], match['scale'])} {currency.many}"
    return minus + _exact(match["from"], currency)


def _scaled(written: str, scale: str | None) -> str:
    if not scale:
        return number(written)
    return f"{number(written)} {_SCALES.get(scale, scale.strip())}"


def _exact(written: str, currency: _Currency) -> str:
    whole, _, fraction = written.partition(".")
    if not currency.cents or len(fraction) != 2 or not fraction.isdecimal():  # noqa: PLR2004 - cents have two figures
        return f"{number(written)} {currency.one if is_one(written) else currency.many}"
    cents = str(int(fraction))
    parts = []
    if cents == "0" or whole.strip("0"):
        parts.append(f"{number(whole)} {currency.one if is_one(whole) else currency.many}")
    if cents != "0":
        parts.append(f"{number(cents)} {currency.cent if is_one(cents) else currency.cents}")
    return " and ".join(parts)


RULES: Final[tuple[Rule, ...]] = (
    (
        re.compile(
            rf"(?<!\w)(?P<minus>{MINUS})?(?P<currency>{_CURRENCY})\s?(?P<from>{NUMBER})(?P<scale>{_SCALE})?"
            rf"(?:{DASH}(?:{_CURRENCY})?(?P<to>{NUMBER})(?P<to_scale>{_SCALE})?)?"
        ),
        _amount,
    ),
    (
        re.compile(
            rf"{APART}(?P<minus>{MINUS})?(?P<from>{NUMBER})(?P<scale>{_SCALE})?"
            rf"(?:{DASH}(?P<to>{NUMBER})(?P<to_scale>{_SCALE})?)?\s?(?P<currency>{_CURRENCY})(?!\w)"
        ),
        _amount,
    ),
)
