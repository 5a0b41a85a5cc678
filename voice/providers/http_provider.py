"""What every provider behind plain HTTP has: an address, and connections to close."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings

from voice.providers.http import VendorHttp
from voice.providers.vendor import Vendor


class HttpProvider(Vendor):
    """A vendor at an address. ``base_url`` is the name of the setting that holds it."""

    base_url: ClassVar[str]

    def __init__(self) -> None:
        self.http = VendorHttp(self.name)

    def needs(self) -> tuple[str, ...]:
        """Its keys and its address."""
        return (*self.keys, self.base_url)

    async def close(self) -> None:
        """Close the connections of this event loop."""
        await self.http.close()

    def url(self, path: str) -> str:
        """The address of ``path``, which begins with a slash.

        Raises:
            ProviderUnavailable: it cannot be used here.
        """
        self.refuse_unless_available()
        base_url: str = getattr(settings, self.base_url)
        return base_url.rstrip("/") + path
