"""What a request came to, told to those who keep count: never waited for."""

from __future__ import annotations

from asyncio import CancelledError
from typing import Final

from prometheus_client import Counter

from accounts import usage
from accounts.account import Account
from accounts.errors import AccountError
from accounts.usage import Usage
from voice.cache.references import refer
from voice.cache.touches import touch
from voice.domain.errors import AllProvidersFailed, ProviderError
from voice.providers import catalogue
from voice.speech.broadcast import Broadcast
from voice.speech.speech import AnyJob, Found, Live

REQUESTS = Counter("aloud_requests_total", "Requests for speech, by what came of them.", ["outcome"])
SAVED = Counter("aloud_saved_dollars_total", "What hits and joined requests would have cost.")

_MICRO: Final = 1_000_000


def hit(account: Account | None, found: Found, characters: int) -> Found:
    """Count that ``found`` is played, in which ``characters`` are said."""
    touch(found.key)
    refer(account, found.key)
    entry = found.entry
    saved = microdollars(entry.voice.provider, entry.model, characters)
    share = Usage(requests=1, hits=1, voice_seconds=entry.duration_s, saved_microdollars=saved)
    _record(account, entry.voice.provider, share)
    return found


def part(account: Account | None, live: Live, duration_s: float) -> None:
    """Count what a part in something made anew took, once it has come to its end: who joined it had nothing said.

    Who was refused is not counted here: nothing was tried for them.
    """
    error = _error(live.job)
    if error is None:
        _record(account, _speaker(live.job), _share(live, duration_s))
        if isinstance(live.job.broadcast, Broadcast):  # what was only passed on leaves no trace
            refer(account, live.job.making.result().key)
    elif not isinstance(error, AccountError):
        lost = 0 if live.joined else _worth(live.job)  # vendors take their money for what breaks off
        failure = Usage(requests=1, failures=1, cost_microdollars=lost)
        _record(account, _speaker(live.job) or _blamed(error), failure)


def microdollars(provider: str, model: str, characters: int) -> int:
    """What ``characters`` cost by the price of the model, in millionths of a US dollar; 0 when it is not known."""
    cost = catalogue.current().cost(provider, model, characters)
    return int(cost * _MICRO) if cost else 0


def _share(live: Live, duration_s: float) -> Usage:
    """The share of one who heard it all: made for them, joined, or read from what a stand-in had said before."""
    job, worth = live.job, _worth(live.job)
    if live.joined:
        return Usage(requests=1, joined=1, voice_seconds=duration_s, saved_microdollars=worth)
    if not job.characters:
        return Usage(requests=1, hits=1, voice_seconds=duration_s, saved_microdollars=worth)
    return Usage(
        requests=1,
        characters=job.characters,
        voice_seconds=duration_s,
        cost_microdollars=worth,
        ttfb_seconds=job.broadcast.waited_s,
    )


def _worth(job: AnyJob) -> int:
    """What is being said costs that much, if anybody has begun to."""
    spoken = job.broadcast.spoken
    return microdollars(spoken.voice.provider, spoken.model, len(spoken.text)) if spoken else 0


def _record(account: Account | None, provider: str, share: Usage) -> None:
    """Note what a request took. Commands speak on nobody's account."""
    REQUESTS.labels(_outcome(share)).inc()
    SAVED.inc(share.saved_microdollars / _MICRO)
    if account is not None:
        usage.record(account, provider, share)


def _outcome(share: Usage) -> str:
    if share.failures:
        return "failed"
    if share.hits:
        return "hit"
    return "joined" if share.joined else "made"


def _speaker(job: AnyJob) -> str:
    return job.broadcast.spoken.voice.provider if job.broadcast.spoken else ""


def _error(job: AnyJob) -> BaseException | None:
    """What a finished job ended with, if it was no good end."""
    return CancelledError() if job.making.cancelled() else job.making.exception()


def _blamed(error: BaseException) -> str:
    """Who was to speak and did not."""
    if isinstance(error, AllProvidersFailed):
        return next(iter(error.reasons), "")  # the first who was asked
    return error.provider if isinstance(error, ProviderError) else ""
