"""Messages that somebody is about to come to: their audio is made, one after the other, for as long as they stay."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

from accounts import workers
from accounts.account import Account
from accounts.errors import AccountError
from voice.calls import leases
from voice.calls.messages import owned_message
from voice.calls.pregeneration import is_wanted, outcome_of, pregeneration, tell
from voice.models import Message
from voice.notifications.presence import gone


async def prefetch(message_ids: Sequence[UUID], account: Account) -> list[UUID]:
    """Have the audio of these messages made, and the tabs of ``account`` told; those that nobody makes already.

    Raises:
        NotFound: one of them is nobody's, or somebody else's.
    """
    messages = [await owned_message(message_id, account) for message_id in dict.fromkeys(message_ids)]
    if not is_wanted(account):
        return []
    queued = await workers.run(leases.queue, messages, account.user_id)
    if queued:
        pregeneration.watch(queued, _while_somebody_reads(queued, account))
    return [message.pk for message in queued]


async def _while_somebody_reads(messages: Sequence[Message], account: Account) -> None:
    """Make the audio of ``messages``; drop what is not made when their reader leaves.

    What a voice has begun to say by then is said to its end, and kept: it is paid for.
    """
    making = asyncio.create_task(_one_after_the_other(messages, account))
    leaving = asyncio.create_task(gone(account.user_id))
    try:
        await asyncio.wait({making, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        left = not making.done()
        making.cancel()
        leaving.cancel()
        await asyncio.wait({making, leaving})
    if left:
        await workers.run(leases.drop, [message.pk for message in messages])
    else:
        making.result()


async def _one_after_the_other(messages: Sequence[Message], account: Account) -> None:
    """Nobody asked for these yet: where the account has nothing left for them, none is made, and nothing is said."""
    for message in messages:
        if not await workers.run(leases.begin, message.pk):
            continue  # deleted meanwhile
        try:
            outcome = await outcome_of(message, account)
        except AccountError:
            await workers.run(leases.drop, [one.pk for one in messages])
            return
        await tell(message.pk, outcome)
