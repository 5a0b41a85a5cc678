"""One turn of a conversation: somebody says something, the assistant replies."""

from __future__ import annotations

from typing import Final

from accounts.account import Account
from voice.calls.history import list_messages, record_turn
from voice.calls.pregeneration import is_wanted, pregeneration
from voice.models import CallSession, Message
from voice.realtime.assistant import reply

REMEMBERED: Final = 20
"""How many earlier messages the assistant is shown."""


async def take_turn(call: CallSession, text: str, account: Account) -> tuple[Message, Message]:
    """Say ``text`` in ``call``; the message and the reply to it. If there is no reply, nothing was said.

    The reply's audio is begun when its text is there, and not waited for.
    """
    earlier = await list_messages(call, limit=REMEMBERED)
    said = Message(call=call, author=Message.Author.USER, text=text)
    deltas = [delta async for delta in reply([*earlier.messages, said])]
    to_be_heard = is_wanted(account)
    message, answer = await record_turn(call, text, "".join(deltas), to_be_heard=to_be_heard)
    if to_be_heard:
        pregeneration.start(answer, account)
    return message, answer
