"""``manage.py list_voices``: who can be heard here."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from voice.domain.voice import VoiceId
from voice.providers.choosing import default_voice
from voice.providers.registry import chain


class Command(BaseCommand):
    """Lists the voices of the chain."""

    help = "Lists the voices of the providers in TTS_PROVIDER; a star marks the default."

    def handle(self, *_args: Any, **_options: Any) -> str:
        """List them."""
        default, count = default_voice(), 0
        for provider in chain():
            reason = provider.unavailable_because()
            self.stdout.write(f"{provider.name}: {reason}" if reason else f"{provider.name}:")
            for voice in provider.voices:
                voice_id, count = VoiceId(provider.name, voice.name), count + 1
                star = "*" if voice_id == default else " "
                self.stdout.write(f" {star} {voice_id!s:24} {voice.language:8} {voice.gender:8} {voice.description}")
        return f"{count} voices; the default is {default}."
