import pytest

from voice.text.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Dr. Smith", "Doctor Smith"),
        ("Dr Smith, Mr Bean and Mrs. Jones", "Doctor Smith, Mister Bean and Missus Jones"),
        ("Lt. Col. Lee", "Lieutenant Colonel Lee"),
        ("St. Paul", "Saint Paul"),
        ("on Elm Dr. today", "on Elm Drive today"),
        ("on Main St.", "on Main Street."),
        ("12 Elm Dr. Smith left", "twelve Elm Drive. Smith left"),
        ("5th Ave, New York", "fifth Avenue, New York"),
        ("Dr. Lee lives on Elm Dr., near St. Paul", "Doctor Lee lives on Elm Drive, near Saint Paul"),
    ],
)
def test_it_tells_titles_from_streets(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("fruit, e.g. apples", "fruit, for example apples"),
        ("E.g., apples", "For example, apples"),
        ("that is, i.e. this", "that is, that is this"),
        ("A vs. B vs C", "A versus B versus C"),
        ("approx. 5", "approximately five"),
        ("No. 5, Fig. 2, pp. 5-10", "number five, figure two, pages five to ten"),
        ("No. I mean it", "No. I mean it"),
        ("Acme Inc. makes it", "Acme Incorporated makes it"),
        ("in Feb. we", "in February we"),
    ],
)
def test_it_reads_abbreviations_in_full(written: str, said: str) -> None:
    assert speakable(written) == said


def test_the_stop_of_an_abbreviation_stays_where_a_sentence_ends() -> None:
    assert speakable("Apples, etc. and so on, etc. Then more, etc.") == (
        "Apples, et cetera and so on, et cetera. Then more, et cetera."
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("w/ milk, w/o sugar", "with milk, without sugar"),
        ("b/c", "because"),
        ("and/or", "and or"),
        ("N/A", "not applicable"),
    ],
)
def test_it_reads_words_written_with_a_stroke(written: str, said: str) -> None:
    assert speakable(written) == said
