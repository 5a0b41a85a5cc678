"""``manage.py prune_tts_cache``: lets go what the cache need not keep. For cron, and safe at any time."""

from __future__ import annotations

import asyncio
import sys
from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat

from voice.cache.pruning.journal import Tally
from voice.cache.pruning.orders import Orders
from voice.cache.pruning.prune import prune
from voice.management.durations import duration
from voice.management.progress import ProgressBar

INTERRUPTED: Final = 130
"""What a shell expects of a program that was stopped by Ctrl-C."""

_NOT_HERE: Final = {
    "off": "Nothing is stored (TTS_STORAGE=off).",
    "memory": "Audio lies in the memory of the server (TTS_STORAGE=memory), which makes room by itself.",
}


class Command(BaseCommand):
    """Prunes; fails when it could not, or not all of it."""

    help = (
        "Let go of audio that has expired, then of what was unheard longest above the cap, then of files nothing is "
        "known of and entries whose file is gone, and of old records. Safe beside the server, beside itself, and after "
        "it was killed. Ends with 1 when something could not be done."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much to let go."""
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")
        parser.add_argument(
            "--max-bytes", type=_whole, metavar="N", help="The cap, in bytes. TTS_CACHE_MAX_BYTES if left out."
        )
        parser.add_argument(
            "--older-than", type=duration, metavar="TIME", help="Also what was made longer ago: 45m, 12h, 30d, 2w."
        )
        parser.add_argument(
            "--orphans",
            action=BooleanOptionalAction,
            default=True,
            help="Look through the whole storage for files and entries that belong to nothing; the default.",
        )

    def handle(self, *_args: Any, **options: Any) -> str:
        """Prune.

        Raises:
            CommandError: the index or the storage failed, or kept some files.
        """
        if settings.TTS_STORAGE in _NOT_HERE:
            return _NOT_HERE[settings.TTS_STORAGE]
        max_bytes = settings.TTS_CACHE_MAX_BYTES if options["max_bytes"] is None else options["max_bytes"]
        tally = self._prune(Orders(max_bytes, options["older_than"], options["orphans"], options["dry_run"]))
        told = _told(tally, dry_run=options["dry_run"])
        if tally.failures:
            raise CommandError(f"{told} Files that could not be deleted: {tally.failures}; the log names them.")
        return told

    def _prune(self, orders: Orders) -> Tally:
        try:
            with ProgressBar(sys.stderr) as bar:  # Django's own ends every line
                return asyncio.run(prune(orders, bar))
        except (DatabaseError, OSError) as error:
            raise CommandError(f"Pruning ended early ({type(error).__name__}): {error}") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. The next run goes on from here.", returncode=INTERRUPTED) from None


def _told(tally: Tally, *, dry_run: bool) -> str:
    size = filesizeformat(tally.freed_bytes).replace("\xa0", " ")
    parts = (
        f"{tally.expired} expired, {tally.evicted} unheard longest, {tally.orphan_files} orphan files, "
        f"{tally.orphan_rows} orphan rows, {tally.records} old records"
    )
    return f"Would let go {parts}: {size} to be freed." if dry_run else f"Let go {parts}: {size} freed."


def _whole(written: str) -> int:
    if not (written.isascii() and written.isdigit()):
        raise ArgumentTypeError(f"a number of bytes, not {written!r}")
    return int(written)
