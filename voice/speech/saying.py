"""One of several things to be said in turn: asked for ahead of its turn, heard when it has come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from accounts.account import Account
from accounts.features import Feature
from voice.domain.errors import SynthesisBroken
from voice.domain.speech import SpeechRequest
from voice.speech.speak import speak
from voice.speech.speech import Found, Live, Speech


class Saying:
    """A request that is spoken on ``account`` from the moment it is prepared. Who does not hear it drops it."""

    def __init__(self, request: SpeechRequest, account: Account) -> None:
        self.request = request
        self._account = account
        self._asking: asyncio.Task[Speech] | None = None

    def prepare(self) -> asyncio.Task[Speech]:
        """Have it spoken, if it is not yet; what comes of it."""
        if self._asking is None:
            self._asking = asyncio.get_running_loop().create_task(speak(self.request, self._account))
        return self._asking

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Its audio as it comes; who may not use streaming gets it when it is complete.

        Raises:
            SpeechError, AccountError: there is none, or what was yielded is not the whole.
        """
        speech = await self.prepare()
        if isinstance(speech, Found):
            async with aclosing(_read(speech)) as pieces:
                async for piece in pieces:
                    yield piece
        elif Feature.STREAMING not in self._account.features:
            yield await speech.whole()
        else:
            await speech.ready()
            async with aclosing(speech.listen()) as chunks:
                async for chunk in chunks:
                    yield chunk

    async def drop(self) -> None:
        """Do not wait for it any longer. What is being made is finished and kept, where audio is kept."""
        if self._asking is None:
            return
        self._asking.cancel()
        (speech,) = await asyncio.gather(self._asking, return_exceptions=True)
        if isinstance(speech, Live):
            await speech.chunks.aclose()


async def _read(found: Found) -> AsyncGenerator[bytes, None]:
    try:
        async for piece in found.audio.read(0, found.audio.size_bytes):
            yield piece
    except OSError:
        raise SynthesisBroken("What was stored of it cannot be read.") from None
