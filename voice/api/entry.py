"""What every door asks first: who it is, and whether they may."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from accounts.account import Account
from accounts.callers import account_of
from accounts.errors import FeatureOff
from accounts.features import Feature
from voice.domain.errors import SpeechDisabled


async def enter(request: HttpRequest, feature: Feature) -> Account:
    """The account ``request`` is made on, which may use ``feature``.

    Raises:
        AccountError: nobody's, or somebody's who may not.
        SpeechDisabled: nobody may.
    """
    account = await account_of(request)
    check_allowed(account, feature)
    return account


def check_allowed(account: Account, feature: Feature) -> None:
    """See that ``account`` may use ``feature``; where speech is switched off, no flag switches it on.

    Raises:
        FeatureOff: it may not.
        SpeechDisabled: nobody may.
    """
    if feature is Feature.SPEECH and not settings.TTS_ENABLED:
        raise SpeechDisabled("Speech is switched off here.")
    if feature not in account.features:
        raise FeatureOff(f"You may not use {feature} here: it is switched off for you, or not in your plan or key.")
