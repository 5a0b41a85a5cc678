"""A bar that grows, for whoever sits in front of it; nothing where nobody does."""

from __future__ import annotations

import shutil
from typing import Final, TextIO

BAR: Final = 30


class ProgressBar:
    """Draws on ``stream`` if that is a terminal. ``with`` it: the line is clean again afterwards."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None
        self._doing = ""
        self._done = self._total = 0
        self._drawn = ""

    def begin(self, doing: str, total: int) -> None:
        """Start anew, with so much to be done."""
        self._doing, self._done, self._total = doing, 0, total
        self._draw()

    def step(self, count: int) -> None:
        """So much more of it is done."""
        self._done += count
        self._draw()

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")

    def _draw(self) -> None:
        share = min(self._done / self._total, 1.0) if self._total else 1.0
        bar = "#" * int(share * BAR)
        self._write(f"[{bar:<{BAR}}] {share:4.0%} {self._doing}")

    def _write(self, line: str) -> None:
        if self._stream is None or line == self._drawn:
            return
        self._drawn = line
        width = shutil.get_terminal_size().columns - 1
        self._stream.write(f"\r\x1b[K{line[:width]}")
        self._stream.flush()
