"""``manage.py speak "Hello there" -o hello.mp3``: says a text into a file."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from voice.cache.touches import touches
from voice.domain.audio import AudioFormat
from voice.domain.errors import SpeechError
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers import catalogue
from voice.providers.choosing import choose_model, default_voice, find_voice
from voice.providers.registry import chain
from voice.speech import ledger
from voice.speech.speak import speak
from voice.speech.speech import Found, Speech


class Command(BaseCommand):
    """Says a text into a file."""

    help = "Says a text, written in Markdown, into an audio file; from the cache when it was said before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The text, and how to say it."""
        parser.add_argument("text")
        parser.add_argument("--voice", help="Written provider:name; list_voices lists them.")
        parser.add_argument("--format", choices=[known.value for known in AudioFormat], default="mp3")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def handle(self, *_args: Any, **options: Any) -> str:
        """Say it."""
        try:
            speech, data = asyncio.run(_said(options["text"], options["voice"], AudioFormat(options["format"])))
        except SpeechError as error:
            raise CommandError(error.message) from None
        options["output"].write_bytes(data)
        source = "from the cache" if isinstance(speech, Found) else "made now"
        return f"{options['output']}: {len(data)} bytes, {_speaker(speech)}, {source}."


async def _said(text: str, voice_written: str | None, audio_format: AudioFormat) -> tuple[Speech, bytes]:
    await catalogue.fresh()
    voice = find_voice(voice_written) if voice_written else default_voice()
    try:
        speech = await speak(SpeechRequest(text, voice, choose_model("", voice), audio_format), None)
        return speech, await speech.whole()
    finally:
        await touches.flush()
        await ledger.calls.flush()
        for one in chain():
            await one.close()


def _speaker(speech: Speech) -> VoiceId:
    """Who spoke, which may be a fallback."""
    return speech.entry.voice if isinstance(speech, Found) else speech.job.making.result().voice
