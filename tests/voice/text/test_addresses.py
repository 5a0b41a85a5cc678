import pytest

from voice.text.addresses import host_of, with_short_addresses


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://example.com", "example.com"),
        ("https://www.example.com/a/b?c=d#e", "example.com"),
        ("http://localhost:8000/path", "localhost"),
        ("https://user:secret@example.com/", "example.com"),
        ("ftp://files.example.com:21", "files.example.com"),
        ("www.example.com/path", "example.com"),
        ("file:///etc/hosts", "/etc/hosts"),
    ],
)
def test_an_address_is_said_by_its_host(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.com/docs/a_b?q=1#top.", "See example.com."),
        ("(https://en.wikipedia.org/wiki/A_(b)), or", "(en.wikipedia.org), or"),
        ("Is it www.example.com/path?", "Is it example.com?"),
        ("Look at docs.example.org/guide/start now", "Look at docs.example.org now"),
        ("看https://example.com/路径。好", "看example.com。好"),
        ("Write to mailto:ann@example.com today", "Write to ann@example.com today"),
        ("Ann is ann@example.com", "Ann is ann@example.com"),
        ("and/or, 1/2, example.com, v1.2/x", "and/or, 1/2, example.com, v1.2/x"),
        ("nothing :// here", "nothing :// here"),
    ],
)
def test_addresses_among_words_become_their_hosts(text: str, expected: str) -> None:
    assert with_short_addresses(text) == expected


@pytest.mark.parametrize(
    "piece", ["http://", "://", "a://", "http://a(", "http://a)", "www.", "a.", "a.com/", "mailto:"]
)
def test_a_hundred_thousand_characters_of_half_addresses_are_read(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    assert len(with_short_addresses(text)) <= len(text)
