"""What a run is to do, and who looks on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

SPARED: Final = timedelta(minutes=10)
"""How long a file may lie without a row, and a row be without a file: one is written after the other."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What to let go besides what has expired; on a ``dry_run`` it is only counted. What is young is no orphan."""

    max_bytes: int
    older_than: timedelta | None = None
    orphans: bool = True
    dry_run: bool = False
    spared: timedelta = SPARED


class Watch(Protocol):
    """Somebody who looks on."""

    def begin(self, doing: str, total: int) -> None:
        """So much is to be done now."""
        ...

    def step(self, count: int) -> None:
        """So much more of it is done."""
        ...
