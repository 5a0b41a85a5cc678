"""What a vendor's module says of itself: where it is asked, with which key, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.vendors.pace import Pace


@dataclass(frozen=True)
class Heard:
    """One request as it arrived; ``body`` is read as JSON where it is that, else it is text.

    ``events`` are what came over its WebSocket since.
    """

    vendor: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    events: list[Any] = field(default_factory=list)

    @classmethod
    async def of(cls, vendor: str, request: web.Request) -> Self:
        """Read the whole of ``request``."""
        text = await request.text()
        try:
            body = json.loads(text)
        except ValueError:
            body = text
        return cls(vendor, request.path, request.query, request.headers, body)


@dataclass(frozen=True)
class Answer:
    """What a vendor means to answer with. ``mischief`` is what the request itself asked for (``MISCHIEF``)."""

    content_type: str
    data: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    mischief: str = ""


@dataclass(frozen=True)
class Refusal:
    """A vendor's way to say no."""

    status: int
    body: str
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, status: int, body: Any, **headers: str) -> Self:
        """A refusal in JSON; the headers' names are written with ``_`` for ``-``."""
        return cls(status, json.dumps(body), headers={name.replace("_", "-"): text for name, text in headers.items()})


@dataclass(frozen=True)
class Scene:
    """A request, the answer it deserved, and the vendor's way to say no."""

    request: web.Request
    heard: Heard
    answer: Answer
    refuse: Callable[[int], Refusal]


Listed = Callable[[Heard], Any]
"""What an address that is no speech answers with, as JSON."""


@dataclass(frozen=True)
class Wire:
    """One vendor.

    ``speech`` is its address for speech, written ``METHOD /path``. ``allows`` looks at the key. ``speak`` answers with
    so many seconds of a tone, and raises KeyError or ValueError for a request it does not understand. ``refuse`` says
    the meaning of a status (402: the account has run out) in the vendor's own words, and repeats what it was told, as
    vendors do. ``lists`` are its other addresses, and the JSON they answer with. Where HTTP alone does not do,
    ``converse`` gives the answer at a pace, and knows ways to misbehave of its own: ``mischief``.
    """

    name: str
    speech: str
    allows: Callable[[Heard], bool]
    speak: Callable[[Heard, float], Answer]
    refuse: Callable[[int, str], Refusal]
    lists: Mapping[str, Listed] = field(default_factory=dict)
    converse: Callable[[Scene, Pace, str], Awaitable[web.StreamResponse]] | None = None
    mischief: Collection[str] = ()


def anybody(_heard: Heard) -> bool:
    """No key is asked for."""
    return True
