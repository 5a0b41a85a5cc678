"""Who can be heard here, with which models, at what price: what providers declare, as the database's rows refine it."""

from voice.providers.catalogue.reading import current, expire, forget, fresh, read
from voice.providers.catalogue.snapshot import Catalogue, KnownModel, KnownSpeaker, KnownVoice

__all__ = ["Catalogue", "KnownModel", "KnownSpeaker", "KnownVoice", "current", "expire", "forget", "fresh", "read"]
