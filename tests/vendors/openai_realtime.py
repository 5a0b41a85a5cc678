"""OpenAI's Realtime API: events over a WebSocket; the model reads aloud what it was given, or words of its own."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from tests.audio import tone
from tests.vendors import openai
from tests.vendors.mischief import DRIP_S, DRIPS
from tests.vendors.pace import Pace, cut_up
from tests.vendors.wire import Answer, Heard, Scene, Wire


def speak(heard: Heard, seconds: float) -> Answer:
    """A tone as PCM; the text comes later, in an event."""
    _ = heard.query["model"]
    return Answer("audio/pcm", tone(seconds))


async def converse(scene: Scene, pace: Pace, mischief: str) -> web.StreamResponse:
    """Answer events until the caller closes; ``mischief`` is one of ``MISCHIEF``, or empty."""
    socket = web.WebSocketResponse()
    await socket.prepare(scene.request)
    conversation = Conversation(socket, scene, pace)
    await conversation.send("session.created")
    async for message in socket:
        event = json.loads(message.data)
        scene.heard.events.append(event)
        match event["type"]:
            case "session.update":
                await conversation.send("session.updated", session=event["session"])
            case "conversation.item.create":
                conversation.text = _text_of(event["item"])
                await conversation.send("conversation.item.done", item=event["item"])
            case "response.create":
                conversation.text = "".join(map(_text_of, event["response"].get("input", []))) or conversation.text
                await MISCHIEF[mischief](conversation)
    return socket


@dataclass
class Conversation:
    """One connection, and the text to read."""

    socket: web.WebSocketResponse
    scene: Scene
    pace: Pace
    text: str = ""

    async def send(self, kind: str, **fields: Any) -> None:
        """Send one event."""
        await self.socket.send_json({"type": kind, "event_id": "event_1", **fields})

    async def say(self, pcm: bytes) -> None:
        """Send one piece of the sound."""
        await self.send("response.output_audio.delta", delta=base64.b64encode(pcm).decode())

    async def finish(self, transcript: str) -> None:
        """Say what was said, and that this was all."""
        await self.send("response.output_audio_transcript.delta", delta=transcript)
        await self.send("response.output_audio_transcript.done", transcript=transcript)
        await self.send("response.done", response={"id": "resp_1", "status": "completed", "status_details": None})


def _text_of(item: Any) -> str:
    return "".join(part["text"] for part in item["content"])


async def _read_aloud(conversation: Conversation) -> None:
    async for piece in conversation.pace.pieces(conversation.scene.answer.data):
        await conversation.say(piece)
    await conversation.finish(conversation.text)


async def _reworded(conversation: Conversation) -> None:
    """It answers instead of reading."""
    await conversation.say(conversation.scene.answer.data)
    await conversation.finish(f"Certainly! Here is what you asked for, more or less: {conversation.text[:5]}")


async def _drip(conversation: Conversation) -> None:
    for piece in cut_up(conversation.scene.answer.data, DRIPS):
        await conversation.say(piece)
        await asyncio.sleep(DRIP_S)
    await conversation.finish(conversation.text)


async def _hang_midway(conversation: Conversation) -> None:
    await conversation.say(_half(conversation))
    await asyncio.Event().wait()


async def _cut(conversation: Conversation) -> None:
    """The connection breaks."""
    await conversation.say(_half(conversation))
    transport = conversation.scene.request.transport
    assert isinstance(transport, asyncio.Transport)
    transport.abort()


async def _close_midway(conversation: Conversation) -> None:
    """It says goodbye politely, in the middle of the sound."""
    await conversation.say(_half(conversation))
    await conversation.socket.close()


async def _empty(conversation: Conversation) -> None:
    """A response is completed that has no sound."""
    await conversation.finish(conversation.text)


async def _garbage(conversation: Conversation) -> None:
    await conversation.socket.send_str("this is no event")


async def _wrong_type(conversation: Conversation) -> None:
    """Sound as it is, in a frame that is no text."""
    await conversation.socket.send_bytes(conversation.scene.answer.data)


async def _run_out(conversation: Conversation) -> None:
    """The account has, which is told only when there is something to pay for."""
    error = {"type": "insufficient_quota", "code": "insufficient_quota", "message": f"No: {conversation.text}"}
    details = {"type": "failed", "error": error}
    await conversation.send("response.done", response={"id": "resp_1", "status": "failed", "status_details": details})


def _half(conversation: Conversation) -> bytes:
    pcm = conversation.scene.answer.data
    return pcm[: len(pcm) // 4 * 2]


MISCHIEF: Final[dict[str, Callable[[Conversation], Awaitable[None]]]] = {
    "": _read_aloud,
    "reworded": _reworded,
    "drip": _drip,
    "hang-midway": _hang_midway,
    "cut": _cut,
    "cut-chunked": _close_midway,
    "empty": _empty,
    "garbage": _garbage,
    "wrong-type": _wrong_type,
    "402": _run_out,
}
"""What happens to people after the WebSocket has opened; what happens before is as for any vendor."""

WIRE: Final = Wire(
    "openai_realtime",
    "GET /openai/v1/realtime",
    openai.allows,
    speak,
    openai.refuse,
    converse=converse,
    mischief=tuple(filter(None, MISCHIEF)),
)
