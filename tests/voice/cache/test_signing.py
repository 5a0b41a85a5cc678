from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django import Settings

from voice.cache.signing import signed_url, token_allows
from voice.domain.audio import AudioFormat

KEY = "a" * 64
NAME = f"{KEY}.mp3"
NOW_S = 1_800_000_000.0


@pytest.fixture(autouse=True)
def an_hour_of_life(settings: Settings) -> None:
    settings.TTS_URL_LIFETIME_SECONDS = 3600


def token_of(url: str) -> str:
    return parse_qs(urlsplit(url).query)["token"][0]


def test_an_address_names_the_object_and_carries_a_token() -> None:
    url = urlsplit(signed_url(KEY, AudioFormat.MP3, NOW_S))
    assert url.path == f"/tts/audio/{NAME}"
    assert token_allows(token_of(url.geturl()), NAME, NOW_S)


def test_it_is_the_same_for_a_while_so_that_a_browser_finds_its_copy() -> None:
    assert signed_url(KEY, AudioFormat.MP3, NOW_S + 1) == signed_url(KEY, AudioFormat.MP3, NOW_S + 600)


def test_it_lives_as_long_as_promised_and_at_most_an_hour_more() -> None:
    token = token_of(signed_url(KEY, AudioFormat.MP3, NOW_S + 1))
    assert token_allows(token, NAME, NOW_S + 3600)
    assert not token_allows(token, NAME, NOW_S + 2 * 3600)


def test_a_token_opens_no_other_object() -> None:
    token = token_of(signed_url(KEY, AudioFormat.MP3, NOW_S))
    assert not token_allows(token, f"{'b' * 64}.mp3", NOW_S)
    assert not token_allows(token, f"{KEY}.wav", NOW_S)


def test_a_later_expiry_breaks_the_signature() -> None:
    expires_at, signature = token_of(signed_url(KEY, AudioFormat.MP3, NOW_S)).split(".")
    assert not token_allows(f"{int(expires_at) + 1}.{signature}", NAME, NOW_S)


def test_a_changed_signature_is_refused() -> None:
    token = token_of(signed_url(KEY, AudioFormat.MP3, NOW_S))
    flipped = "0" if token[-1] != "0" else "1"
    assert not token_allows(token[:-1] + flipped, NAME, NOW_S)


@pytest.mark.parametrize(
    "token", ["", ".", "1.", "x.y", "9" * 5000 + ".ab", "-1.ab", "١٢٣.ab", "1800003600.\ud800", "1e9.aa"]
)
def test_what_is_no_token_is_refused(token: str) -> None:
    assert not token_allows(token, NAME, NOW_S)
