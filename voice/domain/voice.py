"""The name of a voice: which provider speaks, and as whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from voice.domain.errors import InvalidRequest

_PATTERN: Final = re.compile(r"(?P<provider>[a-z][a-z0-9_]*):(?P<name>[^\s:][^\x00-\x1f]{0,127})")


@dataclass(frozen=True, slots=True)
class VoiceId:
    """A voice, written ``provider:name``: ``local:heart``, ``openai:alloy``."""

    provider: str
    name: str

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read ``provider:name``.

        Raises:
            InvalidRequest: it is not written like that.
        """
        match = _PATTERN.fullmatch(written)
        if match is None:
            raise InvalidRequest.of("voice", "A voice is written provider:name, like local:heart.")
        return cls(match["provider"], match["name"])

    def __str__(self) -> str:
        return f"{self.provider}:{self.name}"
