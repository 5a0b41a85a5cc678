"""When each key was last used: written behind."""

from __future__ import annotations

from datetime import datetime

from accounts.models import ApiKey
from accounts.write_behind import WriteBehind


def _write(uses: dict[int, datetime]) -> None:
    for key_id, at in uses.items():
        # another process may have seen a later use
        ApiKey.objects.filter(pk=key_id).exclude(last_used_at__gt=at).update(last_used_at=at)


key_uses: WriteBehind[int, datetime] = WriteBehind(_write, max)
"""By the key's id."""
