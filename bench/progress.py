"""What is being done, for whoever waits: on stderr, so that stdout is the table alone."""

from __future__ import annotations

import sys
import time
from typing import Final

_BEGAN_S: Final = time.monotonic()


def tell(doing: str) -> None:
    """Say it."""
    print(f"[{time.monotonic() - _BEGAN_S:4.0f} s] {doing}", file=sys.stderr, flush=True)
