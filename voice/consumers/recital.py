"""What was dictated, said through a WebSocket: segment by segment, each in numbered chunks."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from accounts.errors import AccountError
from voice.audio.metering import Meter
from voice.consumers.dictation import Dictation, Segment
from voice.consumers.segments import framed
from voice.consumers.socket import Socket
from voice.domain.errors import SpeechError
from voice.notifications.telling import told


class Recital:
    """Says everything in its turn. What fails is told, and the next one said."""

    def __init__(self, socket: Socket, dictation: Dictation) -> None:
        self._socket = socket
        self._dictation = dictation
        self._saying: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Say what is dictated, for as long as the socket is open."""
        try:
            while True:
                turn = await self._dictation.next()
                if isinstance(turn, Segment):
                    await self._say(turn)
                else:
                    await self._socket.tell({"type": turn})
                await self._let_go()
        finally:
            self._dictation.forget()
            await self._let_go()

    def break_off(self) -> None:
        """Leave what is being said."""
        if self._saying is not None:
            self._saying.cancel()

    async def _say(self, segment: Segment) -> None:
        """Say one segment, unless it is broken off."""
        self._dictation.unheard.append(segment.saying)
        self._saying = asyncio.create_task(self._send(segment))
        try:
            await asyncio.wait({self._saying})
        finally:
            self._saying.cancel()
            await asyncio.wait({self._saying})
        if not self._saying.cancelled():
            self._saying.result()

    async def _let_go(self) -> None:
        """Drop what nobody is to hear any longer."""
        while self._dictation.unheard:
            await self._dictation.unheard.pop().drop()

    async def _send(self, segment: Segment) -> None:
        """Send what a segment says, its audio, and how long that lasted, or why there is none."""
        await self._socket.tell({"type": "segment", "index": segment.index, "text": segment.text})
        try:
            duration_s = await self._send_audio(segment)
        except (SpeechError, AccountError) as error:
            await self._socket.tell({"type": "error", "index": segment.index, "error": told(error)})
            return
        await self._socket.tell({"type": "segment-end", "index": segment.index, "duration": round(duration_s, 3)})

    async def _send_audio(self, segment: Segment) -> float:
        """Send a segment's audio, and an empty chunk behind it; the seconds it lasts.

        Raises:
            SpeechError, AccountError: there is none, or not all of it.
        """
        meter, chunk_number = Meter(segment.saying.request.format), 0
        await segment.saying.prepare()
        self._dictation.look_ahead()
        async with aclosing(segment.saying.chunks()) as chunks:
            async for chunk in chunks:
                meter.feed(chunk)
                await self._socket.send_bytes(framed(segment.index, chunk_number, chunk))
                chunk_number += 1
        await self._socket.send_bytes(framed(segment.index, chunk_number, b"", is_last=True))
        return meter.duration_s()
