from __future__ import annotations

from voice.cache.hot import HotAudio


def test_it_gives_back_what_it_holds() -> None:
    hot = HotAudio(1000)
    hot.put("a", b"audio")
    assert hot.get("a") == b"audio"
    assert hot.get("b") is None


def test_what_was_unheard_longest_goes_first() -> None:
    hot = HotAudio(100)
    for name in "abcdefgh":
        hot.put(name, bytes(12))
    hot.get("a")
    hot.put("i", bytes(12))
    assert hot.get("b") is None
    assert hot.get("a") is not None


def test_it_never_holds_more_bytes_than_it_may() -> None:
    hot = HotAudio(100)
    for number in range(50):
        hot.put(str(number), bytes(number % 13))
        assert hot.size_bytes <= 100


def test_one_large_piece_does_not_crowd_out_the_rest() -> None:
    hot = HotAudio(100)
    hot.put("small", bytes(10))
    hot.put("large", bytes(90))
    assert hot.get("large") is None
    assert hot.get("small") is not None


def test_putting_and_dropping_again_leaves_the_count_right() -> None:
    hot = HotAudio(1000)
    hot.put("a", bytes(10))
    hot.put("a", bytes(20))
    assert hot.size_bytes == 20
    hot.drop("a")
    hot.drop("a")
    assert hot.size_bytes == 0
