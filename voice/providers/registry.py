"""Which providers there are, which are in the chain, and whom a request means."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from voice.domain.errors import InvalidRequest
from voice.domain.voice import VoiceId
from voice.providers.provider import Provider

PROVIDERS: Final = {
    "local": "voice.providers.local.LocalProvider",
    "openai": "voice.providers.openai.OpenAIProvider",
    "azure": "voice.providers.azure.AzureProvider",
    "playht": "voice.providers.playht.PlayHTProvider",
    "piper": "voice.providers.piper.PiperProvider",
    "coqui": "voice.providers.coqui.CoquiProvider",
}
"""Every provider by its name; a class is imported when it is first asked for."""


@cache
def provider(name: str) -> Provider:
    """The provider called ``name``: one for the whole process.

    Raises:
        KeyError: there is none.
    """
    made: Provider = import_string(PROVIDERS[name])()
    return made


def chain() -> list[Provider]:
    """The providers of TTS_PROVIDER, in their order.

    Raises:
        ImproperlyConfigured: it is empty or names one that does not exist.
    """
    unknown = [name for name in settings.TTS_PROVIDER if name not in PROVIDERS]
    if unknown or not settings.TTS_PROVIDER:
        known = ", ".join(PROVIDERS)
        raise ImproperlyConfigured(f"TTS_PROVIDER lists one or more of {known}; not {', '.join(unknown) or 'nothing'}.")
    return [provider(name) for name in settings.TTS_PROVIDER]


def default_voice() -> VoiceId:
    """The voice of those who did not choose: TTS_DEFAULT_VOICE, or the first one of the chain's first provider.

    Raises:
        ImproperlyConfigured: TTS_DEFAULT_VOICE is not a voice of the chain.
    """
    if not settings.TTS_DEFAULT_VOICE:
        return first_voice(chain()[0])
    try:
        return find_voice(settings.TTS_DEFAULT_VOICE)
    except InvalidRequest as error:
        raise ImproperlyConfigured(f"TTS_DEFAULT_VOICE: {error.message}") from None


def first_voice(of: Provider) -> VoiceId:
    """The voice a provider speaks in unless asked otherwise."""
    return VoiceId(of.name, of.voices[0].name)


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
        InvalidRequest: the voice or the provider does not exist here, or they do not belong together.
    """
    if ":" not in written and provider_name:
        written = f"{provider_name}:{written}"
    voice = VoiceId.parse(written)
    if provider_name and voice.provider != provider_name:
        raise InvalidRequest.of("voice", f"The voice {voice} is not one of {provider_name}'s.")
    if voice.provider not in settings.TTS_PROVIDER:
        raise InvalidRequest.of("voice", f"No provider of the voice {voice} is in use here.")
    speaker = provider(voice.provider)
    if not speaker.open_catalogue and voice.name not in {known.name for known in speaker.voices}:
        raise InvalidRequest.of("voice", f"{voice.provider} has no voice of that name; GET /tts/voices lists them.")
    return voice


def choose_voice(written: str, provider_name: str) -> VoiceId:
    """The voice a request means that names a voice, a provider, or both.

    Raises:
        InvalidRequest: as ``find_provider`` and ``find_voice``.
    """
    if not provider_name:
        return find_voice(written)
    named = find_provider(provider_name)
    return find_voice(written, provider_name) if written else first_voice(named)


def choose_model(written: str, voice: VoiceId) -> str:
    """The model to speak ``voice`` with: the one asked for, or the provider's own choice.

    Raises:
        InvalidRequest: the provider has no such model.
    """
    speaker = provider(voice.provider)
    if written and written != speaker.default_model and not speaker.open_catalogue:
        raise InvalidRequest.of("model", f"{speaker.name} has one model, {speaker.default_model}.")
    return written or speaker.default_model


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
