"""What a conversation is called until somebody gives it a name."""

from __future__ import annotations

from typing import Final

from voice.models import CallSession

UNTITLED: Final = str(CallSession._meta.get_field("title").get_default())  # noqa: SLF001  # Django's documented way to a field

LONGEST: Final = 60


def title_of(said: str) -> str:
    """A title made of what was said first: on one line, cut between words."""
    line = " ".join(said.split())
    if len(line) <= LONGEST:
        return line or UNTITLED
    head, _, _ = line[:LONGEST].rpartition(" ")
    return f"{head or line[: LONGEST - 1]}…"
