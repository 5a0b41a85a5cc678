"""``/ws/notifications``: somebody's open tab hears what has become of their audio."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from accounts.account import Account
from accounts.features import Feature
from voice.consumers.closing import Closing, Code
from voice.consumers.door import enter_socket
from voice.consumers.socket import Bounds, Frame, Receive, Send, Socket, opened, until_one_ends
from voice.notifications.post import Box, Overflowing, Unreachable, post, taken

BOUNDS: Final = Bounds(frame_bytes=4_096, frames_a_minute=120)

ASK_AGAIN_S: Final = 30.0
"""How long somebody is believed to be who they were when the tab was opened."""


async def notifications(scope: Any, receive: Receive, send: Send) -> None:
    """Serve one tab."""
    async with opened(receive, send, BOUNDS) as socket:
        account = await enter_socket(scope, Feature.SPEECH)
        try:
            async with post().box(account.user_id) as box:
                await until_one_ends(_answer(socket, account), _tell(socket, box), _look_after(scope))
        except (Overflowing, Unreachable):
            raise Closing(Code.TRY_AGAIN, "Come again, and ask what you missed.") from None


async def _answer(socket: Socket, account: Account) -> None:
    """Do what the client asks."""
    async for frame in socket.frames():
        match frame["type"]:
            case "ping":
                await socket.tell({"type": "pong"})
            case "since":
                await _catch_up(socket, account, frame)
            case _:
                raise Closing(Code.MALFORMED, "There are frames of type since and ping.")


async def _catch_up(socket: Socket, account: Account, frame: Frame) -> None:
    """Tell what was missed."""


async def _tell(socket: Socket, box: Box) -> None:
    """Pass on what comes."""
    while True:
        await socket.tell(await taken(box))


async def _look_after(scope: Any) -> None:
    """See to it that a tab does not outlive its session, or what its owner may do.

    Raises:
        AccountError, SpeechDisabled: it would.
    """
    while True:
        await asyncio.sleep(ASK_AGAIN_S)
        await enter_socket(scope, Feature.SPEECH)
