"""Examples of conversations, for the schema page."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

_CALL: Final[dict[str, Any]] = {
    "id": "3f1b9c52-7f0e-4a53-9a55-0c4b1a7f4a10",
    "title": "Which voices are there?",
    "voice": "local:heart",
    "created_at": "2026-11-20T09:30:00Z",
    "updated_at": "2026-11-20T09:31:12Z",
    "messages_url": "/calls/3f1b9c52-7f0e-4a53-9a55-0c4b1a7f4a10/messages",
}
_MESSAGE: Final[dict[str, Any]] = {
    "id": "8a0c6f6e-2d0b-4f43-8a4f-7f6f3a7d8a01",
    "author": "user",
    "text": "Which voices are there?",
    "html": None,
    "created_at": "2026-11-20T09:31:12Z",
    "url": "/calls/3f1b9c52-7f0e-4a53-9a55-0c4b1a7f4a10/messages/8a0c6f6e-2d0b-4f43-8a4f-7f6f3a7d8a01",
    "audio_url": "/tts/audio/8a0c6f6e-2d0b-4f43-8a4f-7f6f3a7d8a01",
}
_REPLY: Final[dict[str, Any]] = {
    "id": "b7e2d3c4-51f6-4d7c-9f3e-6a2b8c9d0e1f",
    "author": "assistant",
    "text": "Four, and all of them are **built in**.",
    "html": "<p>Four, and all of them are <strong>built in</strong>.</p>\n",
    "created_at": "2026-11-20T09:31:12Z",
    "url": "/calls/3f1b9c52-7f0e-4a53-9a55-0c4b1a7f4a10/messages/b7e2d3c4-51f6-4d7c-9f3e-6a2b8c9d0e1f",
    "audio_url": "/tts/audio/b7e2d3c4-51f6-4d7c-9f3e-6a2b8c9d0e1f",
}

CALLS: Final = OpenApiExample("Conversations", {"calls": [_CALL], "older_url": None}, response_only=True)
START: Final = OpenApiExample("With a title", {"title": "Trying things out"}, request_only=True)
CALL: Final = OpenApiExample("A conversation", _CALL, response_only=True)
CHANGE: Final = OpenApiExample("Another voice", {"voice": "local:heart"}, request_only=True)
MESSAGES: Final = OpenApiExample("Messages", {"messages": [_MESSAGE, _REPLY], "earlier": None}, response_only=True)
SAY: Final = OpenApiExample("A question", {"text": "Which voices are there?"}, request_only=True)
TURN: Final = OpenApiExample(
    "The reply",
    {"call": _CALL, "message": _MESSAGE, "reply": {**_REPLY, "audio_ready": False, "duration": None}},
    response_only=True,
)
MESSAGE: Final = OpenApiExample(
    "A reply that was heard before", {**_REPLY, "audio_ready": True, "duration": 2.184}, response_only=True
)
