"""From what providers declare and what the database says to one catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from voice.domain.voice import VoiceId
from voice.models import ProviderModel, Speaker, Voice
from voice.providers.catalogue.snapshot import Catalogue, KnownModel, KnownSpeaker, KnownVoice
from voice.providers.provider import Provider


def declared(providers: Iterable[Provider]) -> Catalogue:
    """What ``providers`` say of themselves; nothing has a price or an end."""
    chain = list(providers)
    models = [KnownModel(provider.name, provider.default_model) for provider in chain]
    return Catalogue(list(_declared_voices(chain).values()), models)


def refined(providers: Iterable[Provider]) -> Catalogue:
    """What ``providers`` declare, as the rows refine it: three queries.

    A provider without an open catalogue has the voices and the model it declares, whatever else the rows say.

    Raises:
        DatabaseError: the rows cannot be read.
    """
    chain = {provider.name: provider for provider in providers}
    voices = _declared_voices(chain.values())
    for known in _voices(chain):
        if known.id in voices or chain[known.id.provider].open_catalogue:
            voices[known.id] = known
    return Catalogue(list(voices.values()), list(_models(chain).values()), _speakers())


def _declared_voices(providers: Iterable[Provider]) -> dict[VoiceId, KnownVoice]:
    voices = [
        KnownVoice(VoiceId(provider.name, facts.name), facts.label, facts.language, facts.gender, facts.description)
        for provider in providers
        for facts in provider.voices
    ]
    return {voice.id: voice for voice in voices}


def _voices(chain: Iterable[str]) -> Iterator[KnownVoice]:
    """The rows about voices. As tuples: some vendors list a thousand, and model instances take four times as long."""
    facts = ("provider", "name", "label", "language", "gender", "description")
    columns = (*facts, "enabled", "vanished_on", "fallback__provider", "fallback__name")
    for row in Voice.objects.filter(provider__in=chain).values_list(*columns):
        provider, name, label, language, gender, description, enabled, vanished_on, *other = row
        usable = enabled and vanished_on is None
        fallback = VoiceId(*other) if all(other) else None
        yield KnownVoice(VoiceId(provider, name), label, language, gender, description, usable, fallback)


def _models(chain: Mapping[str, Provider]) -> dict[tuple[str, str], KnownModel]:
    """The models of the rows, and each provider's default if no row is about it."""
    models = {
        (name, provider.default_model): KnownModel(name, provider.default_model) for name, provider in chain.items()
    }
    for row in ProviderModel.objects.filter(provider__in=chain):
        if (row.provider, row.name) not in models and not chain[row.provider].open_catalogue:
            continue
        models[row.provider, row.name] = KnownModel(
            provider=row.provider,
            name=row.name,
            label=row.label,
            price=row.price_per_million_characters,
            priced_on=row.priced_on,
            sunset_on=row.sunset_on,
            enabled=row.enabled,
            is_hd=row.is_hd,
        )
    return models


def _speakers() -> list[KnownSpeaker]:
    rows = Speaker.objects.select_related("voice")
    return [KnownSpeaker(row.name, row.voice.voice_id, row.model, row.settings) for row in rows]
