"""``/ws/speech``: text in as it is written, audio out as it is spoken."""

from __future__ import annotations

from typing import Any, Final

from accounts.account import Account
from accounts.features import Feature
from voice.api.serializers.dictation import to_manner
from voice.consumers.closing import Closing, Code
from voice.consumers.dictation import Dictation
from voice.consumers.door import enter_socket
from voice.consumers.recital import Recital
from voice.consumers.socket import Bounds, Frame, Receive, Send, Socket, opened
from voice.consumers.staying import look_after
from voice.consumers.together import until_one_ends
from voice.domain.errors import InvalidRequest
from voice.notifications.telling import told
from voice.providers import catalogue

BOUNDS: Final = Bounds(frame_bytes=16_384, frames_a_minute=12_000)
"""A language model writes some hundred tokens a second, each of which may come in a frame of its own."""


async def speech(scope: Any, receive: Receive, send: Send) -> None:
    """Serve one client."""
    async with opened(receive, send, BOUNDS) as socket:
        account = await enter_socket(scope, Feature.SPEECH)
        await catalogue.fresh()
        dictation = Dictation(account, to_manner({}, account))
        recital = Recital(socket, dictation)

        def renew(standing: Account) -> None:
            dictation.account = standing

        looking = look_after(scope, account, Feature.SPEECH, renew)
        await until_one_ends(_listen(socket, dictation, recital), recital.run(), looking)


async def _listen(socket: Socket, dictation: Dictation, recital: Recital) -> None:
    """Do what the client asks.

    Raises:
        Closing: it asks for what there is not.
    """
    async for frame in socket.frames():
        match frame["type"]:
            case "text":
                dictation.write(_delta(frame))
            case "flush":
                dictation.flush()
            case "end":
                dictation.end()
            case "interrupt":
                dictation.interrupt()
                recital.break_off()
            case "start":
                await _start(socket, dictation, frame)
            case "ping":
                await socket.tell({"type": "pong"})
            case _:
                raise Closing(Code.MALFORMED, "There are frames of type start, text, flush, interrupt, end and ping.")


async def _start(socket: Socket, dictation: Dictation, frame: Frame) -> None:
    """Say what comes from now on as ``frame`` has it.

    Raises:
        Closing: nobody can.
    """
    await catalogue.fresh()
    try:
        dictation.manner = to_manner(frame, dictation.account)
    except InvalidRequest as error:
        await socket.tell({"type": "error", "error": told(error)})
        raise Closing(Code.MALFORMED, error.message) from None


def _delta(frame: Frame) -> str:
    """The text in ``frame``.

    Raises:
        Closing: there is none.
    """
    delta = frame.get("delta")
    if not isinstance(delta, str):
        raise Closing(Code.MALFORMED, 'A frame of type text has a "delta", a string.')
    return delta
