"""The catalogue as one value: looked up by name, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from voice.domain.speech import Setting
from voice.domain.sunset import is_over
from voice.domain.voice import VoiceId

ANY_LANGUAGE: Final = "mul"
"""The tag of a voice that speaks many languages (ISO 639-2)."""

_SAYS_NOTHING: Final = (ANY_LANGUAGE, "und")

_MILLION: Final = 1_000_000
_COST_STEP: Final = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """A voice: ``language`` is a BCP 47 tag; nobody can ask for it unless it is ``enabled``."""

    id: VoiceId
    label: str
    language: str
    gender: str
    description: str = ""
    enabled: bool = True
    fallback: VoiceId | None = None


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A provider's model. ``price`` is in US dollars for a million characters, None when it is not known."""

    provider: str
    name: str
    label: str = ""
    price: Decimal | None = None
    priced_on: date | None = None
    sunset_on: date | None = None
    enabled: bool = True
    is_hd: bool = False

    def is_usable(self, today: date) -> bool:
        """Whether anybody can ask for it."""
        return self.enabled and not is_over(self.sunset_on, today)


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """Who speaks in a collaborative message, and how."""

    name: str
    voice: VoiceId
    model: str = ""
    settings: Mapping[str, Setting] = field(default_factory=dict)


class Catalogue:
    """Voices, models and speakers. A provider's voices are in the order it declares them, then by label."""

    def __init__(
        self,
        voices: Sequence[KnownVoice],
        models: Sequence[KnownModel] = (),
        speakers: Sequence[KnownSpeaker] = (),
    ) -> None:
        self._voices = {voice.id: voice for voice in voices}
        self._models = {(model.provider, model.name): model for model in models}
        self._speakers = {speaker.name.casefold(): speaker for speaker in speakers}
        self._by_provider: dict[str, list[KnownVoice]] = {}
        for voice in voices:
            self._by_provider.setdefault(voice.id.provider, []).append(voice)

    def voice(self, voice: VoiceId) -> KnownVoice | None:
        """What is known of ``voice``, whether or not it is enabled."""
        return self._voices.get(voice)

    def voices(self, provider: str | None = None) -> list[KnownVoice]:
        """The voices that can be asked for: all, provider by provider, or those of one."""
        among = self._by_provider.values() if provider is None else [self._by_provider.get(provider, [])]
        return [voice for own in among for voice in own if voice.enabled]

    def first_voice(self, provider: str) -> VoiceId:
        """The voice a provider speaks in unless asked otherwise.

        One that is switched off when all are: who shall not speak at all leaves TTS_PROVIDER.

        Raises:
            KeyError: the provider has no voices, or is not in the chain.
        """
        own = self._by_provider[provider]
        return next((voice for voice in own if voice.enabled), own[0]).id

    def fallback_of(self, voice: VoiceId) -> VoiceId | None:
        """Who speaks when ``voice`` fails: a voice of the same provider that an admin named, if it can be asked for."""
        known = self._voices.get(voice)
        if known is None or known.fallback is None or known.fallback.provider != voice.provider:
            return None
        fallback = self._voices.get(known.fallback)
        return fallback.id if fallback is not None and fallback.enabled else None

    def stand_in(self, voice: VoiceId, provider: str) -> VoiceId:
        """The voice of ``provider`` that comes nearest to ``voice``.

        That is one of the same language and gender, else of the same language, else its first; among equals one of the
        same region, then the first. Where the language of ``voice`` says nothing, it is that of the provider's first.

        Raises:
            KeyError: as ``first_voice``.
        """
        first, known = self.first_voice(provider), self._voices.get(voice)
        if known is None:
            return first
        language = self._voices[first].language if known.language in _SAYS_NOTHING else known.language
        among = [one for one in self.voices(provider) if one.id != voice]
        best = max(among, key=lambda one: _nearness(one, language, known.gender), default=None)
        return best.id if best is not None and _speaks(best, language) else first

    def model(self, provider: str, name: str) -> KnownModel | None:
        """What is known of a model."""
        return self._models.get((provider, name))

    def models(self, provider: str | None = None) -> list[KnownModel]:
        """Every model: all, or those of one provider."""
        return [model for model in self._models.values() if provider in (None, model.provider)]

    def is_over(self, provider: str, model: str, today: date) -> bool:
        """Whether the vendor has switched ``model`` off; a model nobody knows of has no end."""
        known = self.model(provider, model)
        return known is not None and is_over(known.sunset_on, today)

    def cost(self, provider: str, model: str, characters: int) -> Decimal | None:
        """US dollars that ``characters`` cost, to the millionth; None when the price is not known."""
        known = self.model(provider, model)
        if known is None or known.price is None:
            return None
        return (known.price * characters / _MILLION).quantize(_COST_STEP)

    def speaker(self, name: str) -> KnownSpeaker | None:
        """The speaker called ``name``, whatever its case."""
        return self._speakers.get(name.casefold())


def _nearness(voice: KnownVoice, language: str, gender: str) -> tuple[bool, bool, bool]:
    return _speaks(voice, language), voice.gender == gender, voice.language.lower() == language.lower()


def _speaks(voice: KnownVoice, language: str) -> bool:
    return voice.language == ANY_LANGUAGE or _primary(voice.language) == _primary(language)


def _primary(tag: str) -> str:
    """The language of a BCP 47 tag, without script and region."""
    return tag.partition("-")[0].lower()
