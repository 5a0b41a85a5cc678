"""A socket that is open for hours: whether those who opened it are still who they were, and still may."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from accounts.account import Account
from accounts.features import Feature
from voice.consumers.closing import Closing, Code
from voice.consumers.door import enter_socket

ASK_AGAIN_S: Final = 15.0
"""How long somebody is believed to be who they were when they opened it."""


async def look_after(
    scope: Any, account: Account, feature: Feature, renew: Callable[[Account], None] | None = None
) -> None:
    """See to it that a socket does not outlive its session, its key, or what its owner may do.

    ``renew`` is told how the account stands, again and again.

    Raises:
        Closing, AccountError, SpeechDisabled: it would.
    """
    while True:
        await asyncio.sleep(ASK_AGAIN_S)
        standing = await enter_socket(scope, feature)
        if standing.user_id != account.user_id:
            raise Closing(Code.NOT_SIGNED_IN, "Somebody else has signed in.")
        if renew is not None:
            renew(standing)
