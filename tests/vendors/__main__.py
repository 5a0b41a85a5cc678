"""The vendors in a process of their own: ``python -m tests.vendors PORT``."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser

from tests.vendors.by_hand import serve

if __name__ == "__main__":
    _asked = ArgumentParser(description=__doc__)
    _asked.add_argument("port", type=int)
    _asked.add_argument("--first-delay", type=float, default=0.0, help="Seconds before the first piece.")
    _asked.add_argument("--chunk-delay", type=float, default=0.0, help="Seconds after each piece.")
    _asked.add_argument("--seconds", type=float, default=1.0, help="Of audio in an answer.")
    _told = _asked.parse_args()
    _pace = {"first_delay_s": _told.first_delay, "chunk_delay_s": _told.chunk_delay, "seconds": _told.seconds}
    asyncio.run(serve(print, port=_told.port, **_pace))
