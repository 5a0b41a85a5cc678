"""What every provider behind plain HTTP has: settings it needs, connections to close, and nothing to load."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings

from voice.domain.errors import ProviderUnavailable
from voice.domain.speech import Setting, SpeechRequest
from voice.providers.http import VendorHttp
from voice.providers.provider import CallRules


class HttpProvider:
    """A vendor at an address. ``base_url`` and ``keys`` are the names of the settings that hold it and its keys."""

    name: ClassVar[str]
    base_url: ClassVar[str]
    keys: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        self.http = VendorHttp(self.name)

    def rules(self) -> CallRules:
        """As many at once as are asked for."""
        return CallRules()

    def unavailable_because(self) -> str | None:
        """The first of its settings that is empty."""
        needed = (*self.keys, self.base_url)
        return next((f"{setting} is not set." for setting in needed if not getattr(settings, setting)), None)

    async def warm_up(self) -> None:
        """There is nothing to load."""

    async def close(self) -> None:
        """Close the connections of this event loop."""
        await self.http.close()

    def url(self, path: str) -> str:
        """The address of ``path``, which begins with a slash.

        Raises:
            ProviderUnavailable: it cannot be used here.
        """
        if (reason := self.unavailable_because()) is not None:
            raise ProviderUnavailable(self.name, reason)
        base_url: str = getattr(settings, self.base_url)
        return base_url.rstrip("/") + path

    def told(self, segment: SpeechRequest) -> dict[str, Setting]:
        """Those of the request's settings that it knows."""
        return {name: value for name, value in segment.settings.items() if name in self.settings}
