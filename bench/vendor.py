"""A vendor in OpenAI's wire format that costs little enough to share a core with the load.

It speaks in real time, a sentence of 30 KB: what keeps a stream open longest is what costs a server most.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

from tests.audio import tone
from voice.audio.mp3 import Mp3Encoder

SECONDS: Final = 3.75
"""Of audio: 30 KB at 64 kbit/s."""

FIRST_S: Final = 0.4
CHUNKS: Final = 30
STREAM_S: Final = FIRST_S + SECONDS
"""How long one answer takes."""


def _sentence() -> bytes:
    encoder = Mp3Encoder()
    return encoder.feed(tone(SECONDS)) + encoder.finish()


class Vendor:
    """``POST /v1/audio/speech`` speaks; ``GET /`` tells how often it was asked and how many are listening now."""

    def __init__(self) -> None:
        data = _sentence()
        self.calls = 0
        self.open = 0
        self.pieces = [data[len(data) * at // CHUNKS : len(data) * (at + 1) // CHUNKS] for at in range(CHUNKS)]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["method"] == "GET":
            await _answer(send, b"application/json")
            facts = {"calls": self.calls, "open": self.open}
            await send({"type": "http.response.body", "body": json.dumps(facts).encode()})
            return
        self.calls += 1
        self.open += 1
        try:
            await self._speak(receive, send)
        finally:
            self.open -= 1

    async def _speak(self, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await asyncio.sleep(FIRST_S)
        await _answer(send, b"audio/mpeg")
        for piece in self.pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            await asyncio.sleep(SECONDS / CHUNKS)
        await send({"type": "http.response.body"})


async def _answer(send: Any, content_type: bytes) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", content_type)]})


vendor = Vendor()
