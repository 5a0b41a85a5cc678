"""What a request came to, told to those who keep count: never waited for."""

from __future__ import annotations

from accounts import usage
from accounts.account import Account
from accounts.usage import Usage
from voice.cache.touches import touch
from voice.speech.speech import Found, Live


def hit(account: Account | None, found: Found) -> Found:
    """Count that ``found`` is played."""
    touch(found.key)
    _record(account, Usage(requests=1, hits=1), found.entry.duration_s)
    return found


def part(account: Account | None, live: Live, duration_s: float) -> None:
    """Count what a part in something made anew took, once it has come to its end: who joined it had nothing said."""
    _record(account, Usage(requests=1, characters=0 if live.joined else live.job.characters), duration_s)


def _record(account: Account | None, share: Usage, duration_s: float) -> None:
    """Note what a request took. Commands speak on nobody's account."""
    if account is not None:
        usage.record(account.user_id, share + Usage(voice_seconds=duration_s))
