"""What a fallback made for those who had asked for another voice."""

from __future__ import annotations

from typing import Final

from accounts.recent import Recent
from voice.cache.index import Entry

KEPT_S: Final = 600.0
"""Who was given an address before anybody spoke comes for the audio within this time, or asks anew."""

stand_ins: Final[Recent[str, Entry]] = Recent(trust_s=KEPT_S)
"""By the key of what was asked for. It is never kept under that key: the first choice may be back at any moment."""
