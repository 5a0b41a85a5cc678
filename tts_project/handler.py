"""Django's ASGI handler, without the thread hops a request does not need.

Stock Django spends about a millisecond on a request before any view: signals whose only receivers look after database
connections, ``response.close()`` in a thread, two tasks to notice a hang-up, a temporary file for the body. Here each
of these happens when it has something to do (docs/performance.md has the figures).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from io import BytesIO
from typing import IO, Any, Final

from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest, get_script_prefix
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from tts_project.threads import Visit, visit

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

QUICK_S: Final = 0.05
"""A request answered within this is not worth watching for a hang-up."""


class SlimHandler(ASGIHandler):
    """Serves HTTP requests; a drop-in for ``ASGIHandler``."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        async with visit() as way:
            await self.answer(way, scope, receive, send)

    async def answer(self, way: Visit, scope: Any, receive: Receive, send: Send) -> None:
        """Read the request, answer it, and give back what it held."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        set_script_prefix(get_script_prefix(scope))
        request, refusal = self.create_request(scope, body)
        with body:
            if refusal is not None:
                await self.send_response(refusal, send)
                return
            assert request is not None  # noqa: S101  # Django gives one or the other
            response = await self.respond_while_wanted(request, receive, send)
            if response is not None:
                close(response, way)

    async def read_body(self, receive: Receive) -> IO[bytes]:
        """The body as a file: in memory when it came in one piece, else as Django reads it."""
        first = await receive()
        if first["type"] == "http.request" and not first.get("more_body"):
            return BytesIO(first.get("body", b""))
        messages = [first]

        async def replay() -> Message:
            return messages.pop() if messages else await receive()

        return await super().read_body(replay)

    async def respond_while_wanted(self, request: ASGIRequest, receive: Receive, send: Send) -> HttpResponseBase | None:
        """Run the view and send what it returns; cancel both when the client hangs up first."""
        answering = asyncio.create_task(self.respond(request, send))
        try:
            await asyncio.wait({answering}, timeout=QUICK_S)
            if not answering.done():
                leaving = asyncio.create_task(self.listen_for_disconnect(receive))
                await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
                await _cancelled(leaving)
        finally:
            await _cancelled(answering)
        return None if answering.cancelled() else answering.result()

    async def respond(self, request: ASGIRequest, send: Send) -> HttpResponseBase:
        """Run the view and send what it returns."""
        response: HttpResponseBase = await self.run_get_response(request)
        await self.send_response(response, send)
        return response


async def _cancelled(task: asyncio.Task[Any]) -> None:
    """See ``task`` to its end, now; how it ended stays in it."""
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()


def close(response: HttpResponseBase, way: Visit) -> None:
    """Close ``response``.

    Its ``close`` sends ``request_finished``, whose receivers look after the database connections and caches of the
    thread they run on. Where no thread was used there is nothing for them to do; where one was, nobody waits for it:
    the next request's work comes after it on the same thread.
    """
    if way.used:
        way.submit(response.close)
        return
    closers: list[Callable[[], None]] = response._resource_closers  # type: ignore[attr-defined]  # noqa: SLF001
    for closer in closers:  # what HttpResponseBase.close does, less the signal
        closer()
    closers.clear()
    response.closed = True
