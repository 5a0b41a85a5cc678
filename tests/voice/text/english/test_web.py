import pytest

from voice.text.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("john.doe2@example.com", "john dot doe two at example dot com"),
        ("a_b-c+1999@x.io", "a underscore b dash c plus one nine nine nine at x dot io"),
        ("docs.example.org", "docs dot example dot org"),
        ("https://www.example.com/a/b?c=1", "example dot com"),
        ("Node.js and .NET", "Node dot js and dot NET"),
        ("my-file.txt, song.mp3", "my dash file dot txt, song dot mp three"),
    ],
)
def test_it_reads_addresses_and_files_by_their_parts(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize("text", ["One end. Another", "Wait...what", "the U.S. Army", "a.m"])
def test_not_every_stop_is_a_dot(text: str) -> None:
    assert speakable(text) == text
