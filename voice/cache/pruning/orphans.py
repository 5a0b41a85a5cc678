"""Files of which nothing is known, and entries whose file is gone: what a crash, or a hand in the storage, left behind.

What seems to be one is looked at again before it goes, and left alone while it is young: a file that has just been
written has no row yet.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice, repeat
from operator import itemgetter
from typing import Final

from django.core.files.storage import storages
from django.db.models import QuerySet

from voice.cache.store import FOLDER
from voice.domain.audio import AudioFormat
from voice.models import TtsCache

_FILE: Final = rf"[0-9a-f]{{64}}\.(?:{'|'.join(AudioFormat)})"
OURS: Final = re.compile(rf"{_FILE}|\.{_FILE}\.[0-9a-f]+\.partial", re.ASCII)
"""Audio, and what a crash left of audio that was being written. Nobody else's file is touched, wherever it lies."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A name that stands on one side only."""

    name: str
    is_file: bool

    @property
    def path(self) -> str:
        """Where it lies, or would."""
        return f"{FOLDER}/{self.name}"


@dataclass(frozen=True, slots=True)
class Lost:
    """A file of which nothing is known."""

    path: str
    size_bytes: int


def strays(files: Iterable[str], known: Iterable[str]) -> Iterator[Stray]:
    """What is in one of two lists only, both in ascending order."""
    both = heapq.merge(zip(files, repeat(True)), zip(known, repeat(False)))
    for name, same in groupby(both, key=itemgetter(0)):
        sides = [is_file for _, is_file in same]
        if len(sides) == 1:
            yield Stray(name, sides[0])


def some(found: Iterator[Stray], count: int) -> list[Stray]:
    """The next of them. It blocks: as a rule there is much to be read before there are as many."""
    return list(islice(found, count))


def lost_files(suspects: Sequence[Stray], before: datetime) -> list[Lost]:
    """Those files among ``suspects`` that are ours, were written ``before``, and are still in no row. It blocks.

    Raises:
        OSError: the storage cannot be read.
    """
    paths = [stray.path for stray in suspects if stray.is_file and OURS.fullmatch(stray.name)]
    known = set(TtsCache.objects.filter(path__in=paths).values_list("path", flat=True))
    looked_at = [_looked_at(path, before) for path in paths if path not in known]
    return [lost for lost in looked_at if lost is not None]


def rows_without_files(suspects: Sequence[Stray], before: datetime) -> QuerySet[TtsCache]:
    """Those rows among ``suspects`` that were made ``before`` and whose file is still not there. It blocks.

    Raises:
        OSError: the storage cannot be read.
    """
    missing = [stray.path for stray in suspects if not stray.is_file and not storages["audio"].exists(stray.path)]
    # One that was made anew meanwhile is young again.
    return TtsCache.objects.filter(path__in=missing, created_at__lt=before)


def _looked_at(path: str, before: datetime) -> Lost | None:
    """The file at ``path``, if it is there and was written ``before``."""
    try:
        size_bytes = storages["audio"].size(path)
        return Lost(path, size_bytes) if storages["audio"].get_modified_time(path) < before else None
    except FileNotFoundError:
        return None
