"""Which of the pauses in speech are those between its sentences, told by how long each of them should take.

A voice pauses within sentences too, and hardly at all between some. What decides is the whole: of all ways to cut the
speech, the one in which the sentences last in proportion to their lengths and the cuts fall into long pauses
(dynamic programming, in time that grows with the number of sentences alone).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.audio.pauses import Speech, Stretch

GRID_S: Final = 0.2
"""Where there is no pause, a cut is looked for this often."""

CLEAR_PAUSE_S: Final = 0.1
"""A cut in a shorter pause may be in the wrong one."""

LETTERS_PER_SECOND: Final = 15.0
PAUSE_S: Final = 0.4
"""The embedded voice's pace, between its sentences and in them; others differ from it by a third at most."""

_PAUSE_COST: Final = 6.0
"""What a cut without any pause costs, in the measure of ``_misfit``."""

_SPREAD: Final = 0.14
_SPREAD_S: Final = 0.15
"""How far from its share a sentence may well last: in proportion, and besides."""

_REACH_S: Final = 4.0
_REACH: Final = 0.12
"""How far from where it is expected a cut is looked for: seconds, and a share of what is before it."""

_Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Aligned:
    """When each sentence is said; ``exact`` if every one begins after a clear pause."""

    sentences: tuple[Stretch, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Where the speech may be cut: after so many seconds of sound (pauses left out), and the pauses there."""

    sound_s: _Numbers
    before_s: _Numbers
    after_s: _Numbers


def align(speech: Speech, lengths: Sequence[float]) -> Aligned:
    """When each of the sentences is said that ``speech`` consists of; ``lengths`` are in any one measure."""
    cuts = _cuts_of(speech)
    chosen = _cheapest(cuts, _expected(lengths, cuts.sound_s[-1]))
    if chosen is None:
        return Aligned(in_proportion(lengths, speech.whole), exact=False)
    starts, ends = cuts.after_s[chosen[:-1]], cuts.before_s[chosen[1:]]
    clear = (cuts.after_s - cuts.before_s)[chosen[1:-1]] >= CLEAR_PAUSE_S
    return Aligned(
        tuple(Stretch(*pair) for pair in zip(starts.tolist(), ends.tolist(), strict=True)), bool(clear.all())
    )


def estimate(lengths: Sequence[float]) -> tuple[Stretch, ...]:
    """When sentences of these ``lengths``, in letters, would be said: for what has yet to be heard."""
    starts = np.cumsum([0.0, *(length / LETTERS_PER_SECOND + PAUSE_S for length in lengths)]).tolist()
    return tuple(Stretch(start_s, end_s - PAUSE_S) for start_s, end_s in pairwise(starts))


def in_proportion(lengths: Sequence[float], whole: Stretch) -> tuple[Stretch, ...]:
    """When each of the sentences is said, roughly, if all that is known is when all of them are."""
    edges = np.cumsum([0.0, *lengths]) / sum(lengths) * whole.length_s + whole.start_s
    return tuple(Stretch(*pair) for pair in pairwise(edges.tolist()))


def _cuts_of(speech: Speech) -> _Cuts:
    """Its beginning, its pauses, a grid in the sound between them, and its end."""
    begun, over = speech.whole.start_s, speech.whole.end_s
    edges = [begun, *(edge for pause in speech.pauses for edge in (pause.start_s, pause.end_s)), over]
    grid = [np.arange(start + GRID_S, end, GRID_S) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    before = np.concatenate([[begun], [pause.start_s for pause in speech.pauses], *grid, [over]])
    after = np.concatenate([[begun], [pause.end_s for pause in speech.pauses], *grid, [over]])
    order = np.argsort(before, kind="stable")
    before, after = before[order], after[order]
    silent = np.concatenate([[0.0], np.cumsum(after - before)[:-1]])
    return _Cuts(before - silent - begun, before, after)


def _expected(lengths: Sequence[float], sound_s: float) -> _Numbers:
    """How long each sentence sounds if all are said at one pace."""
    shares: _Numbers = np.asarray(lengths, np.float64)
    return np.asarray(shares / shares.sum() * sound_s)


def _cheapest(cuts: _Cuts, expected: _Numbers) -> NDArray[np.intp] | None:
    """The cuts around the sentences that cost least in all, the first and the last those of the speech.

    None when there is no way to cut it into as many.
    """
    prices = _prices(cuts, len(expected))
    places, costs = np.array([0]), np.zeros(1)
    ways: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
    for within, length in zip(_reachable(cuts, expected), expected, strict=True):
        paid = costs[:, None] + _misfit(cuts.sound_s[within] - cuts.sound_s[places][:, None], length)
        best = paid.argmin(axis=0)
        ways.append((places, best))
        places, costs = within, paid[best, np.arange(len(within))] + prices[within]
    return _traced_back(places, ways) if np.isfinite(costs[0]) else None


def _reachable(cuts: _Cuts, expected: _Numbers) -> list[NDArray[np.intp]]:
    """For the end of each sentence the cuts it may be at; for the last, that of the speech."""
    last = len(cuts.sound_s) - 1
    ends = np.cumsum(expected)
    reach = _REACH_S + _REACH * np.minimum(ends, ends[-1] - ends)
    lows = np.searchsorted(cuts.sound_s, ends - reach).clip(0, last)
    highs = np.searchsorted(cuts.sound_s, ends + reach, "right").clip(1, last)
    inner = [np.arange(low, max(high, low + 1)) for low, high in zip(lows[:-1], highs[:-1], strict=True)]
    return [*inner, np.array([last])]


def _prices(cuts: _Cuts, sentences: int) -> _Numbers:
    """What each cut costs: the less of a pause it is, measured at as many of the longest, the more."""
    pauses = cuts.after_s - cuts.before_s
    longest = np.sort(pauses)[::-1][: max(sentences - 1, 1)]
    usual = max(float(np.median(longest)), CLEAR_PAUSE_S)
    return np.asarray(_PAUSE_COST * (1 - np.minimum(pauses / usual, 1.0)) ** 2)


def _misfit(sound_s: _Numbers, expected_s: float) -> _Numbers:
    """How unlike a sentence it is to last so long; it cannot last less than nothing."""
    off = (sound_s - expected_s) / (_SPREAD * expected_s + _SPREAD_S)
    return np.where(sound_s > 0, off**2 / 2, np.inf)


def _traced_back(places: NDArray[np.intp], ways: list[tuple[NDArray[np.intp], NDArray[np.intp]]]) -> NDArray[np.intp]:
    at = 0
    chosen = [int(places[at])]
    for earlier, best in reversed(ways):
        at = int(best[at])
        chosen.append(int(earlier[at]))
    return np.array(chosen[::-1], np.intp)
