"""Which providers there are, and which are in the chain."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from voice.providers.missing import MissingProvider
from voice.providers.provider import Provider

PROVIDERS: Final = {
    "local": "voice.providers.local.LocalProvider",
    "openai": "voice.providers.openai.OpenAIProvider",
    "openai_realtime": "voice.providers.openai_realtime.OpenAIRealtimeProvider",
    "elevenlabs": "voice.providers.elevenlabs.ElevenLabsProvider",
    "azure": "voice.providers.azure.AzureProvider",
    "polly": "voice.providers.polly.PollyProvider",
    "playht": "voice.providers.playht.PlayHTProvider",
    "piper": "voice.providers.piper.PiperProvider",
    "coqui": "voice.providers.coqui.CoquiProvider",
    "google": "voice.providers.google.GoogleProvider",
    "kokoro": "voice.providers.kokoro.KokoroProvider",
}
"""Every provider by its name; a class is imported when it is first asked for."""


@cache
def provider(name: str) -> Provider:
    """The provider called ``name``: one for the whole process. Without its package it is one that says so.

    Raises:
        KeyError: there is none.
    """
    try:
        made: Provider = import_string(PROVIDERS[name])()
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "voice":  # a fault of ours
            raise
        made = MissingProvider(name, error.name.partition(".")[0])
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
