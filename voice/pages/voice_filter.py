"""Which voices the voices page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from voice.pages.languages import language_of, name_of
from voice.providers.catalogue import KnownVoice


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list to choose from, and how many voices there are behind it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class VoiceFilter:
    """A language without its region, and a provider; each may be empty: any. Voices of many languages speak each."""

    language: str = ""
    provider: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        """What the query of an address asks for."""
        return cls(asked.get("language", ""), asked.get("provider", ""))

    def shows(self, voice: KnownVoice) -> bool:
        """Whether ``voice`` is one of them."""
        speaks = not self.language or language_of(voice.language) in (self.language, "mul")
        return speaks and self.provider in ("", voice.id.provider)


def languages_of(voices: Iterable[KnownVoice]) -> list[Choice]:
    """The languages that are spoken, by name."""
    counted = Counter(language_of(voice.language) for voice in voices)
    return sorted((Choice(tag, name_of(tag), count) for tag, count in counted.items()), key=lambda one: one.name)


def providers_of(voices: Iterable[KnownVoice]) -> list[Choice]:
    """The providers, in the order of the chain."""
    return [Choice(name, name, count) for name, count in Counter(voice.id.provider for voice in voices).items()]
