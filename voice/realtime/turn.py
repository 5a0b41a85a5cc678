"""One turn of a conversation: somebody says something, the assistant replies."""

from __future__ import annotations

from typing import Final

from voice.calls.history import list_messages, record_turn
from voice.models import CallSession, Message
from voice.realtime.assistant import reply

REMEMBERED: Final = 20
"""How many earlier messages the assistant is shown."""


async def take_turn(call: CallSession, text: str) -> tuple[Message, Message]:
    """Say ``text`` in ``call``; the message and the reply to it. If there is no reply, nothing was said."""
    earlier = await list_messages(call, limit=REMEMBERED)
    said = Message(call=call, author=Message.Author.USER, text=text)
    deltas = [delta async for delta in reply([*earlier.messages, said])]
    return await record_turn(call, text, "".join(deltas))
