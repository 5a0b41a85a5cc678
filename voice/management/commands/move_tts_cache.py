"""``manage.py move_tts_cache file s3``: takes the cache from one storage to another."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import Storage
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat

from voice.cache import moving
from voice.cache.moving import Moved, Removal
from voice.cache.storages import configured
from voice.management.progress import ProgressBar

PLACES: Final = ("file", "s3")
"""Others forget what they hold when their process ends."""

INTERRUPTED: Final = 130
"""What a shell expects of a program that was stopped by Ctrl-C."""


class Command(BaseCommand):
    """Moves the cache; run again, it goes on where it was stopped."""

    help = (
        "Take the cached audio from one storage to another. While TTS_STORAGE still names the first, its files are "
        "copied and stay, for they are being played; run it again after the switch, and the rest is moved. Safe beside "
        "the server and after it was killed. Ends with 1 when something could not be moved."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From where to where."""
        parser.add_argument("source", choices=PLACES)
        parser.add_argument("target", choices=PLACES)

    def handle(self, *_args: Any, **options: Any) -> str:
        """Move it.

        Raises:
            CommandError: a storage or the index failed, or some files could not be moved.
        """
        source, target = options["source"], options["target"]
        if source == target:
            raise CommandError("From one storage to another: these are the same.")
        remove = source != settings.TTS_STORAGE
        told = _told(self._move(_storage(source), _storage(target), remove=remove), source)
        return told if remove else f"{told} TTS_STORAGE names {source}: set it to {target}, and run this again."

    def _move(self, source: Storage, target: Storage, *, remove: bool) -> Moved:
        try:
            with ProgressBar(self.stderr) as bar:  # type: ignore[arg-type]  # Django's wraps one
                bar.begin("moving", moving.count())
                return asyncio.run(Removal(source, target, remove=remove).run(bar.step))
        except (DatabaseError, OSError) as error:
            raise CommandError(f"It ended early ({type(error).__name__}). The next run goes on from here.") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. The next run goes on from here.", returncode=INTERRUPTED) from None


def _storage(name: str) -> Storage:
    try:
        return configured(name)
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from None


def _told(moved: Moved, source: str) -> str:
    """What a run came to.

    Raises:
        CommandError: some of it failed.
    """
    size = filesizeformat(moved.copied_bytes).replace("\xa0", " ")
    told = (
        f"Copied {moved.copied} files ({size}); {moved.there} were there already, {moved.removed} have left {source}, "
        f"{moved.lost} were in neither."
    )
    if moved.failed:
        raise CommandError(f"{told} {moved.failed} could not be moved; the log names them. Run it again.")
    return told
