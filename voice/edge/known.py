"""``POST /tts`` of callers who were recognised a moment ago, answered ahead of Django.

Django finds out who asks: the key, or the session, its user and the CSRF token. For some seconds those who come again
with the same credentials are believed to be the same (``accounts.recent``), and the request goes straight to where
every door leads.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Final

from accounts.account import Account
from accounts.errors import AccountError
from accounts.features import Feature
from accounts.known import credentials_of, known_account, meeting, met
from voice.api.answers import Answer
from voice.api.entry import check_allowed
from voice.api.errors import error_answer
from voice.api.serializers.speech import checked_body
from voice.api.speaking import answer_speech, may_be_kept
from voice.domain.errors import SpeechError
from voice.edge.wire import App, Message, Receive, Send, new_request_id, send_answer
from voice.providers import catalogue

MAX_BODY_BYTES: Final = 65_536
"""Larger ones go through Django, which has a limit of its own and says so."""


class KnownCallers:
    """An ASGI application that answers ``POST /tts`` of known callers and passes everything else on."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["path"] != "/tts" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        credentials = credentials_of(scope)
        account = known_account(credentials)
        if account is None and await met(credentials):
            account = known_account(credentials)
        if account is not None:
            await self._serve(account, scope, receive, send)
            return
        with meeting(credentials):
            await self._app(scope, receive, send)

    async def _serve(self, account: Account, scope: Any, receive: Receive, send: Send) -> None:
        """Answer a known caller."""
        messages, request_id = await _read(receive), new_request_id()
        answer = await _answer(account, messages, dict(scope["headers"]), request_id)
        if answer is None:
            await self._app(scope, _again(messages, receive), send)
            return
        messages.clear()  # nothing of the question is held while the answer is heard
        await send_answer(send, answer, request_id)


async def _read(receive: Receive) -> list[Message]:
    """The messages the body comes in: all of them, or more than MAX_BODY_BYTES, or up to where the caller hung up."""
    messages = [await receive()]
    size_bytes = len(messages[0].get("body", b""))
    while messages[-1].get("more_body") and size_bytes <= MAX_BODY_BYTES:
        messages.append(await receive())
        size_bytes += len(messages[-1].get("body", b""))
    return messages


def _whole(messages: list[Message]) -> bytes | None:
    """The body, if ``messages`` have all of it."""
    if messages[-1]["type"] != "http.request" or messages[-1].get("more_body"):
        return None
    return b"".join([message.get("body", b"") for message in messages])


async def _answer(
    account: Account, messages: list[Message], headers: dict[bytes, bytes], request_id: str
) -> Answer | None:
    """The answer; None for what is Django's.

    That is a large body; what belongs to a message or a room, which the database knows; and what is not to be kept: it
    ends when the caller hangs up, for which only Django's handler watches.
    """
    raw, cache_control = _whole(messages), headers.get(b"cache-control", b"").decode("latin-1")
    if raw is None or not may_be_kept(cache_control):
        return None
    await catalogue.fresh()
    try:
        check_allowed(account, Feature.SPEECH)
        body = checked_body(raw)
        if "message_id" in body or "room" in body:
            return None
        accept = headers.get(b"accept", b"").decode("latin-1")
        return await answer_speech(account, body, None, accept=accept, cache_control=cache_control)
    except (SpeechError, AccountError) as error:
        return error_answer(request_id, error)


def _again(messages: list[Message], receive: Receive) -> Receive:
    """``receive``, as if ``messages`` had not been taken from it."""
    waiting = deque(messages)

    async def replay() -> Message:
        return waiting.popleft() if waiting else await receive()

    return replay
