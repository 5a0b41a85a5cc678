"""What a language is called, by its BCP 47 tag."""

from __future__ import annotations

from typing import Final

from django.conf.locale import LANG_INFO

_OTHER: Final = {"mul": "Many languages", "und": "Language not known", "cmn": "Mandarin", "yue": "Cantonese"}


def language_of(tag: str) -> str:
    """The part of a tag that names the language, without its script and region."""
    return tag.partition("-")[0].lower()


def name_of(tag: str) -> str:
    """What people call it, with the region: ``en-GB`` is English (GB). A language without a name keeps its tag."""
    language, _, rest = tag.partition("-")
    name = _name(language.lower())
    return f"{name} ({rest})" if name and rest else name or tag


def _name(language: str) -> str:
    known = LANG_INFO.get(language, {})
    return _OTHER.get(language) or str(known.get("name", ""))
