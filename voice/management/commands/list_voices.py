"""``manage.py list_voices``: who can be heard here."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from voice.providers import catalogue
from voice.providers.choosing import default_voice
from voice.providers.registry import chain


class Command(BaseCommand):
    """Lists the voices of the chain."""

    help = "Lists the voices of the providers in TTS_PROVIDER that are switched on; a star marks the default."

    def handle(self, *_args: Any, **_options: Any) -> str:
        """List them."""
        known = catalogue.read()
        default = default_voice()
        for provider in chain():
            reason = provider.unavailable_because()
            self.stdout.write(f"{provider.name}: {reason}" if reason else f"{provider.name}:")
            for voice in known.voices(provider.name):
                star = "*" if voice.id == default else " "
                self.stdout.write(f" {star} {voice.id!s:24} {voice.language:8} {voice.gender:8} {voice.description}")
        return f"{len(known.voices())} voices; the default is {default}."
