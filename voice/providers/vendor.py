"""What every provider has that is somebody else's service: settings it cannot do without, and nothing to load."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings

from voice.domain.errors import ProviderUnavailable
from voice.domain.speech import Setting, SpeechRequest
from voice.providers.provider import CallRules


class Vendor:
    """A service of somebody else. ``keys`` are the names of the settings that say who we are to it."""

    name: ClassVar[str]
    keys: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[frozenset[str]] = frozenset()

    def rules(self) -> CallRules:
        """As many at once as are asked for."""
        return CallRules()

    def needs(self) -> tuple[str, ...]:
        """The names of the settings without which it cannot be called."""
        return self.keys

    def unavailable_because(self) -> str | None:
        """The first of the settings it needs that is empty."""
        return next((f"{setting} is not set." for setting in self.needs() if not getattr(settings, setting)), None)

    def refuse_unless_available(self) -> None:
        """See that it can be used here.

        Raises:
            ProviderUnavailable: it cannot.
        """
        if (reason := self.unavailable_because()) is not None:
            raise ProviderUnavailable(self.name, reason)

    async def warm_up(self) -> None:
        """There is nothing to load."""

    def told(self, segment: SpeechRequest) -> dict[str, Setting]:
        """Those of the request's settings that it knows."""
        return {name: value for name, value in segment.settings.items() if name in self.settings}
