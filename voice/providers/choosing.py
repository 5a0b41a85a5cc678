"""Whom a request means: its voice, its model, its settings, as far as they can be had here today."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from voice.domain.errors import InvalidRequest
from voice.domain.sunset import is_over
from voice.domain.voice import VoiceId
from voice.providers import catalogue
from voice.providers.catalogue import Catalogue
from voice.providers.provider import Provider
from voice.providers.registry import chain, provider


def default_voice() -> VoiceId:
    """The voice of those who did not choose: TTS_DEFAULT_VOICE, or the first one of the chain's first provider.

    While an admin has switched it off, the nearest one of the same provider stands in.

    Raises:
        ImproperlyConfigured: TTS_DEFAULT_VOICE is not a voice of the chain.
    """
    listed = catalogue.current()
    if not settings.TTS_DEFAULT_VOICE:
        return listed.first_voice(chain()[0].name)
    try:
        voice = _existing_voice(settings.TTS_DEFAULT_VOICE)
    except InvalidRequest as error:
        raise ImproperlyConfigured(f"TTS_DEFAULT_VOICE: {error.message}") from None
    return listed.stand_in(voice, voice.provider) if _is_silenced(voice) else voice


def preferred_voice(*written: str, among: frozenset[str] = frozenset()) -> VoiceId:
    """The first of these that can be had here, of the providers ``among`` (none: all), or the default voice.

    What somebody chose once may have left the chain or their plan since: they are heard in another voice then, rather
    than not. Empty ones are left out.
    """
    for one in filter(None, written):
        with suppress(InvalidRequest):
            voice = find_voice(one)
            if not among or voice.provider in among:
                return voice
    usual = default_voice()
    allowed = [one.name for one in chain() if one.name in among]
    return usual if usual.provider in allowed or not allowed else catalogue.current().first_voice(allowed[0])


def find_provider(name: str) -> Provider:
    """The provider of the chain called ``name``.

    Raises:
        InvalidRequest: it is not in the chain.
    """
    if name not in settings.TTS_PROVIDER:
        raise InvalidRequest.of(
            "provider", f"There is no provider of that name here: {', '.join(settings.TTS_PROVIDER)}."
        )
    return provider(name)


def find_voice(written: str, provider_name: str = "") -> VoiceId:
    """The voice a request means, written ``provider:name``, or as a name alone of ``provider_name``'s.

    Raises:
        InvalidRequest: the voice or the provider does not exist here, they do not belong together, or the voice is
            switched off.
    """
    voice = _existing_voice(written, provider_name)
    if _is_silenced(voice):
        raise InvalidRequest.of("voice", f"The voice {voice} is switched off; GET /tts/voices lists those that are on.")
    return voice


def choose_voice(written: str, provider_name: str) -> VoiceId:
    """The voice a request means that names a voice, a provider, or both.

    Raises:
        InvalidRequest: as ``find_provider`` and ``find_voice``.
    """
    if not provider_name:
        return find_voice(written)
    named = find_provider(provider_name)
    return find_voice(written, provider_name) if written else catalogue.current().first_voice(named.name)


def choose_model(written: str, voice: VoiceId, today: date | None = None) -> str:
    """The model to speak ``voice`` with: the one asked for, or the provider's own choice.

    Raises:
        InvalidRequest: the provider has no such model, or has it no longer.
    """
    today = today or timezone.now().date()
    if written:
        return _asked_model(written, voice.provider, today)
    return default_model(provider(voice.provider), catalogue.current(), today)


def default_model(of: Provider, listed: Catalogue, today: date) -> str:
    """The model a provider speaks with unless asked otherwise: one that can be used today, if it has any.

    HD models take longer and cost more: they come last.
    """
    known = listed.model(of.name, of.default_model)
    if known is None or known.is_usable(today):
        return of.default_model
    others = [model for model in listed.models(of.name) if model.is_usable(today)]
    return min(others, key=lambda model: model.is_hd, default=known).name


def check_settings(names: Iterable[str], voice: VoiceId) -> None:
    """See that the provider of ``voice`` knows these settings.

    Raises:
        InvalidRequest: it does not.
    """
    speaker = provider(voice.provider)
    unknown = sorted(set(names) - speaker.settings)
    if unknown:
        known = ", ".join(sorted(speaker.settings)) or "none"
        raise InvalidRequest.of("settings", f"{speaker.name} has no setting {unknown[0]}; it has: {known}.")


def _existing_voice(written: str, provider_name: str = "") -> VoiceId:
    """The voice that is meant, whether or not it is switched off.

    Raises:
        InvalidRequest: there is none.
    """
    if ":" not in written and provider_name:
        written = f"{provider_name}:{written}"
    voice = VoiceId.parse(written)
    if provider_name and voice.provider != provider_name:
        raise InvalidRequest.of("voice", f"The voice {voice} is not one of {provider_name}'s.")
    if voice.provider not in settings.TTS_PROVIDER:
        raise InvalidRequest.of("voice", f"No provider of the voice {voice} is in use here.")
    if not provider(voice.provider).open_catalogue and catalogue.current().voice(voice) is None:
        raise InvalidRequest.of("voice", f"{voice.provider} has no voice of that name; GET /tts/voices lists them.")
    return voice


def _is_silenced(voice: VoiceId) -> bool:
    known = catalogue.current().voice(voice)
    return known is not None and not known.enabled


def _asked_model(written: str, provider_name: str, today: date) -> str:
    known = catalogue.current().model(provider_name, written)
    if known is None:
        speaker = provider(provider_name)
        if not speaker.open_catalogue and written != speaker.default_model:
            raise InvalidRequest.of("model", f"{provider_name} has one model, {speaker.default_model}.")
        return written
    if is_over(known.sunset_on, today):
        raise InvalidRequest.of("model", f"{provider_name} switched {written} off on {known.sunset_on}.")
    if not known.enabled:
        raise InvalidRequest.of("model", f"The model {written} is switched off here.")
    return written
