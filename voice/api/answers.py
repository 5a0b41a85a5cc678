"""What a door answers, before any framework: a status, headers, and bytes that are there or still come."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from voice.speech.transmission import Listening


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. With an iterator for a ``body`` it is streamed, and breaks off when that raises."""

    status: int
    headers: Mapping[str, str]
    body: bytes | Listening = b""


def json_answer(told: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """``told`` as JSON."""
    body = json.dumps(told).encode()
    return Answer(
        status, {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}, body
    )


class Streamed(StreamingHttpResponse):
    """A stream that is closed at once when the client hangs up; Django leaves that to the garbage collector."""

    _iterator: Listening  # Django's name for what it was given

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async with aclosing(self._iterator) as chunks:
            async for chunk in chunks:
                yield chunk


def to_response(answer: Answer) -> HttpResponseBase:
    """``answer`` as Django has it."""
    if isinstance(answer.body, bytes):
        response: HttpResponseBase = HttpResponse(answer.body, status=answer.status, headers=answer.headers)
    else:
        response = Streamed(answer.body, status=answer.status, headers=answer.headers)
    if "Content-Type" not in answer.headers:
        del response["Content-Type"]
    return response
