"""How a WebSocket is closed on purpose: each reason has a code (RFC 6455, section 7.4), listed here once."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from accounts.errors import AccountError, BadKey, LimitsUnavailable, NotSignedIn
from voice.domain.errors import SpeechError


class Code(IntEnum):
    """What a client can tell from the code alone. Only after the first two does it help to come again."""

    TRY_AGAIN = 1013
    IDLE = 4408
    TOO_BIG = 1009
    MALFORMED = 4400
    NOT_SIGNED_IN = 4401
    FORBIDDEN = 4403
    FLOOD = 4429


class Closing(Exception):
    """A socket is to be closed; ``reason`` is a short sentence for whoever looks."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


_CODES: Final[Mapping[type[Exception], Code]] = {
    NotSignedIn: Code.NOT_SIGNED_IN,
    BadKey: Code.NOT_SIGNED_IN,
    LimitsUnavailable: Code.TRY_AGAIN,
}


def closing_for(error: AccountError | SpeechError) -> Closing:
    """How a socket is closed whose caller may not come in."""
    return Closing(_CODES.get(type(error), Code.FORBIDDEN), error.message)
