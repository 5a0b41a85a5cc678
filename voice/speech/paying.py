"""On whose account something is made anew: asked before, settled after. Hits and those who join never come here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from django.conf import settings

from accounts import quota, throttle
from accounts.account import Account
from accounts.errors import AccountError, ProviderNotAllowed
from accounts.limits import Amount
from voice.domain.errors import AudioTooLong, SpeechError
from voice.domain.speech import SpeechRequest
from voice.speech.accounting import microdollars
from voice.speech.ceiling import check_length_s, estimated_s
from voice.speech.inflight import Job


class Bill:
    """What is to be paid in the end: nothing, until something was spoken."""

    def __init__(self) -> None:
        self.amount: Amount | None = None

    def charge_for(self, job: Job[Any], seconds: float) -> None:
        """Put down what ``job`` came to, in the voice and with the model that spoke: nothing, if a stand-in had."""
        if job.characters and (spoken := job.broadcast.spoken) is not None:
            self.amount = _amount(spoken, seconds)


@asynccontextmanager
async def paid(request: SpeechRequest, account: Account | None, job: Job[Any]) -> AsyncIterator[Bill]:
    """Set aside what ``request`` will take, tell those who wait for ``job`` how that went, and settle on leaving.

    Commands speak on nobody's account, and pay nothing.

    Raises:
        InvalidRequest, AccountError: it may not be made, and nothing was set aside.
    """
    bill, permit = Bill(), None
    try:
        check_length_s(request)
        if account is not None:
            check_provider(request, account)
            job.rate = await throttle.take(account)
            permit = await quota.reserve(account, _amount(request, estimated_s(request)))
    except (SpeechError, AccountError) as error:
        job.refuse(error, account)
        raise
    job.tell_found(None)
    try:
        yield bill
    except AudioTooLong:  # that much was said, and the vendor takes its money
        bill.amount = _amount(job.broadcast.spoken or request, settings.TTS_MAX_SECONDS)
        raise
    finally:
        quota.settle(permit, bill.amount)


def check_provider(request: SpeechRequest, account: Account) -> None:
    """See that the plan includes who is to speak.

    Raises:
        ProviderNotAllowed: it does not.
    """
    allowed, provider = account.limits.providers, request.voice.provider
    if allowed and provider not in allowed:
        raise ProviderNotAllowed(f"This plan has no voices of {provider}, but those of {', '.join(sorted(allowed))}.")


def _amount(request: SpeechRequest, seconds: float) -> Amount:
    characters = len(request.text)
    return Amount(characters, round(seconds * 1000), microdollars(request.voice.provider, request.model, characters))
