from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from voice.domain.voice import VoiceId
from voice.providers.catalogue import Catalogue, KnownModel, KnownSpeaker, KnownVoice

SUNSET = date(2027, 1, 6)


def voice(written: str, language: str = "en-US", gender: str = "female", **facts: object) -> KnownVoice:
    return KnownVoice(VoiceId.parse(written), written.partition(":")[2], language, gender, **facts)  # type: ignore[arg-type]


def ids(*written: str) -> list[VoiceId]:
    return [VoiceId.parse(one) for one in written]


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(
        [
            voice("near:heart"),
            voice("near:off", enabled=False),
            voice("far:first", "fr-FR", "female"),
            voice("far:brit", "en-GB", "female"),
            voice("far:hans", "de-DE", "male"),
            voice("far:jane", "en-US", "female"),
            voice("far:john", "en-US", "male"),
            voice("world:all", "mul", "male"),
            voice("mute:gone", enabled=False),
        ],
        [
            KnownModel("near", "free", price=Decimal(0)),
            KnownModel("far", "old", price=Decimal(15), sunset_on=SUNSET),
            KnownModel("far", "unpriced"),
        ],
        [KnownSpeaker("Ada", VoiceId("near", "heart"), settings={"style": 0.2})],
    )


def test_it_lists_the_voices_that_can_be_asked_for(catalogue: Catalogue) -> None:
    assert [one.id for one in catalogue.voices("near")] == ids("near:heart")
    assert len(catalogue.voices()) == 7
    assert catalogue.voices("unknown") == []


def test_it_knows_a_voice_that_is_switched_off_as_such(catalogue: Catalogue) -> None:
    known = catalogue.voice(VoiceId("near", "off"))
    assert known is not None
    assert not known.enabled
    assert catalogue.voice(VoiceId("near", "nobody")) is None


def test_a_provider_speaks_in_its_first_voice_that_is_not_switched_off(catalogue: Catalogue) -> None:
    assert catalogue.first_voice("far") == VoiceId("far", "first")
    assert catalogue.first_voice("mute") == VoiceId("mute", "gone")
    with pytest.raises(KeyError):
        catalogue.first_voice("unknown")


@pytest.mark.parametrize(
    ("asked", "provider", "stands_in"),
    [
        ("near:heart", "far", "far:jane"),  # language, gender and region
        ("far:john", "near", "near:heart"),  # language alone
        ("far:hans", "near", "near:heart"),  # neither: the first
        ("near:heart", "world", "world:all"),  # one that speaks everything speaks this too
        ("world:all", "far", "far:first"),  # no language of its own: that of the first
        ("near:unheard-of", "far", "far:first"),
        ("far:brit", "far", "far:jane"),  # not itself
    ],
)
def test_the_nearest_voice_of_another_provider_stands_in(
    catalogue: Catalogue, asked: str, provider: str, stands_in: str
) -> None:
    assert str(catalogue.stand_in(VoiceId.parse(asked), provider)) == stands_in


def test_region_decides_among_equals() -> None:
    voices = [voice("far:us", "en-US"), voice("far:gb", "en-GB"), voice("near:british", "en-gb")]
    assert Catalogue(voices).stand_in(VoiceId("near", "british"), "far") == VoiceId("far", "gb")


@pytest.mark.parametrize(
    ("fallback", "found"),
    [("near:second", "near:second"), ("near:off", None), ("near:nobody", None), ("far:other", None)],
)
def test_a_voice_falls_back_to_one_of_its_own_provider_that_can_be_asked_for(fallback: str, found: str | None) -> None:
    voices = [
        voice("near:heart", fallback=VoiceId.parse(fallback)),
        voice("near:second"),
        voice("near:off", enabled=False),
        voice("far:other"),
    ]
    told = Catalogue(voices).fallback_of(VoiceId("near", "heart"))
    assert (str(told) if told else None) == found


def test_without_one_there_is_no_fallback_voice(catalogue: Catalogue) -> None:
    assert catalogue.fallback_of(VoiceId("near", "heart")) is None
    assert catalogue.fallback_of(VoiceId("near", "unheard-of")) is None


@pytest.mark.parametrize(
    ("model", "characters", "cost"),
    [
        (("far", "old"), 1000, Decimal("0.015")),
        (("far", "old"), 1, Decimal("0.000015")),
        (("near", "free"), 1000, Decimal(0)),
        (("far", "unpriced"), 1000, None),
        (("far", "unheard-of"), 1000, None),
    ],
)
def test_characters_cost_what_their_model_costs(
    catalogue: Catalogue, model: tuple[str, str], characters: int, cost: Decimal | None
) -> None:
    assert catalogue.cost(*model, characters) == cost


def test_a_model_is_over_on_its_day(catalogue: Catalogue) -> None:
    assert catalogue.is_over("far", "old", SUNSET)
    assert not catalogue.is_over("far", "old", SUNSET - timedelta(days=1))
    assert not catalogue.is_over("far", "unpriced", date.max)
    assert not catalogue.is_over("far", "unheard-of", date.max)


def test_models_are_listed_by_provider(catalogue: Catalogue) -> None:
    assert [model.name for model in catalogue.models("far")] == ["old", "unpriced"]
    assert len(catalogue.models()) == 3


def test_a_speaker_is_found_whatever_the_case(catalogue: Catalogue) -> None:
    ada = catalogue.speaker("aDA")
    assert ada is not None
    assert (ada.voice, ada.settings) == (VoiceId("near", "heart"), {"style": 0.2})
    assert catalogue.speaker("Eve") is None
