"""``manage.py speak "Hello there" -o hello.mp3``: says a text into a file."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from voice.domain.audio import AudioFormat
from voice.domain.errors import SpeechError
from voice.domain.speech import SpeechRequest
from voice.providers.choosing import choose_model, default_voice, find_voice
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
            voice = find_voice(options["voice"]) if options["voice"] else default_voice()
            request = SpeechRequest(options["text"], voice, choose_model("", voice), AudioFormat(options["format"]))
            speech, data = asyncio.run(_said(request))
        except SpeechError as error:
            raise CommandError(error.message) from None
        options["output"].write_bytes(data)
        source = "from the cache" if isinstance(speech, Found) else "made now"
        return f"{options['output']}: {len(data)} bytes, {voice}, {source}."


async def _said(request: SpeechRequest) -> tuple[Speech, bytes]:
    speech = await speak(request, None)
    return speech, await speech.whole()
