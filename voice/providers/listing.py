"""Vendors that can be asked which voices they have, and how to read what they answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, runtime_checkable

from voice.domain.errors import ProviderUnavailable
from voice.providers.provider import VoiceFacts


@runtime_checkable
class ListsVoices(Protocol):
    """A provider that can be asked for its voices."""

    async def list_voices(self) -> Sequence[VoiceFacts]:
        """Every voice it has for us now; none at all when it turns out that this server does not list them.

        Raises:
            ProviderError: it does not tell.
        """
        ...


@contextmanager
def shape_told(provider: str) -> Iterator[None]:
    """Read an answer of which nothing is certain.

    Raises:
        ProviderUnavailable: it has another shape than the one it is read by.
    """
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ProviderUnavailable(provider, "It lists its voices in a shape that is not known here.") from None


def gender(told: str | None) -> str:
    """Female, male or neutral, as voices are here, from a vendor's word for it."""
    word = (told or "").lower()
    return word if word in ("female", "male") else "neutral"


def names_in(answer: Any) -> list[str]:
    """The names in ``{"voices": ["heart", …]}`` or ``{"voices": [{"id": "heart"}, …]}``, as OpenAI's followers list."""
    return [voice if isinstance(voice, str) else str(voice.get("id") or voice["name"]) for voice in answer["voices"]]
