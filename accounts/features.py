"""What can be switched on and off, for everybody, for a plan, for a group, for one."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Feature(StrEnum):
    """A part of the product that somebody may or may not use."""

    SPEECH = "speech"
    PREFETCH = "prefetch"
    STREAMING = "streaming"
    COLLABORATIVE = "collaborative"
    REALTIME = "realtime"
    TRANSCRIPTION = "transcription"
    EXPORT = "export"


ALL: Final = frozenset(Feature)
