"""What somebody who looks after this installation should know about its providers before it hurts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from voice.domain.sunset import ends_soon
from voice.providers.catalogue import Catalogue
from voice.providers.provider import Provider
from voice.providers.standing import standing

SILENCE: Final = "silence"
SUNSET: Final = "sunset"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know, in a sentence, and what can be done. ``kind`` is ``silence`` or ``sunset``."""

    kind: str
    told: str
    hint: str


def notices(chain: Sequence[Provider], known: Catalogue, today: date) -> list[Notice]:
    """What there is to know of the providers of ``chain`` on the day ``today``; nothing, if all is well."""
    return [*_silence(chain, known, today), *_sunsets(chain, known, today)]


def _silence(chain: Sequence[Provider], known: Catalogue, today: date) -> Iterator[Notice]:
    reasons = {one.name: standing(one, known, today).silent_because for one in chain}
    if None not in reasons.values():
        told = " ".join(f"{name}: {reason}" for name, reason in reasons.items())
        yield Notice(SILENCE, f"No provider of the chain can speak. {told}", "Set what is missing, or add local.")


def _sunsets(chain: Sequence[Provider], known: Catalogue, today: date) -> Iterator[Notice]:
    """Models that end within ``NOTICE`` and can be asked for until then, whether or not anybody does."""
    for provider in chain:
        for model in known.models(provider.name):
            if model.is_usable(today) and ends_soon(model.sunset_on, today):
                yield Notice(
                    SUNSET,
                    f"{provider.name} switches {model.name} off on {model.sunset_on}; from then on it is not asked.",
                    "Have another provider in TTS_PROVIDER, or another model; switch this one off to end this notice.",
                )
