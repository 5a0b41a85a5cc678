"""``/ws/notifications``: somebody's open tab hears what has become of their audio."""

from __future__ import annotations

from typing import Any, Final

from accounts.features import Feature
from voice.consumers.closing import Closing, Code
from voice.consumers.door import enter_socket
from voice.consumers.reader import Reader
from voice.consumers.socket import Bounds, Frame, Receive, Send, Socket, opened
from voice.consumers.staying import look_after
from voice.consumers.together import until_one_ends
from voice.notifications.post import Unreachable, post

BOUNDS: Final = Bounds(frame_bytes=4_096, frames_a_minute=120)

MOST_TABS: Final = 1_000
"""Of one person, in one process: each takes some memory for as long as it is open."""

LONGEST_CURSOR: Final = 18
"""Digits of what the database takes for a number."""


async def notifications(scope: Any, receive: Receive, send: Send) -> None:
    """Serve one tab."""
    async with opened(receive, send, BOUNDS) as socket:
        account = await enter_socket(scope, Feature.SPEECH)
        if post().tabs_of(account.user_id) >= MOST_TABS:
            raise Closing(Code.FLOOD, f"At most {MOST_TABS} tabs at once.")
        try:
            async with post().box(account.user_id) as box:
                reader = Reader(account.user_id, box, socket.tell)
                staying = look_after(scope, account, Feature.SPEECH, lambda _account: reader.look_again())
                await until_one_ends(_answer(socket, reader), reader.read(), staying)
        except Unreachable:
            raise Closing(Code.TRY_AGAIN, "Come again in a moment.") from None


async def _answer(socket: Socket, reader: Reader) -> None:
    """Do what the client asks."""
    async for frame in socket.frames():
        match frame["type"]:
            case "ping":
                await socket.tell({"type": "pong"})
            case "since":
                reader.go_back_to(_cursor(frame))
            case _:
                raise Closing(Code.MALFORMED, "There are frames of type since and ping.")


def _cursor(frame: Frame) -> int | None:
    """The place a client has come to; None for one that has heard nothing yet.

    Raises:
        Closing: it is none.
    """
    written = frame.get("cursor") or "0"
    if not isinstance(written, str) or not (written.isascii() and written.isdigit()) or len(written) > LONGEST_CURSOR:
        raise Closing(Code.MALFORMED, "A cursor is one that came with an event.")
    return int(written) or None
