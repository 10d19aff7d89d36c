"""Weights fitted to facts that people marked, and what they say about the candidates of a fact.

A candidate's score is a sum of weights. Candidates compete: of two that overlap only one can be hidden, so the chance
of each is its share among all ways to hide parts of the sentence (a semi-Markov model: Sarawagi and Cohen, 2004).
`weights.tsv` holds for each feature its weight and what is added to it in texts without a final full stop, which people
write in a terser style.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.features import end_calls, piece_call, span_calls, start_calls
from deckgen.cloze.types import Reason
from deckgen.cloze.view import candidates
from deckgen.cloze.wordlists import read_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deckgen.cloze.features import Group
    from deckgen.cloze.view import View

BLOCK = 64  # pieces; no candidate crosses a multiple of it, which keeps the sums within floating point
_HIGHEST = 6.0
BIAS = "bias:"
HOPELESS = -3.6  # sum from which the features of the whole, at most 3, cannot make a blank
_PARTS = ("its words", "its beginning", "its end", "the whole")
_TELLING = 0.05  # weights below are not worth a line


class Parts(NamedTuple):
    """A sum of weights and its four parts: the words, the beginning, the end, the whole."""

    total: float
    words: float
    beginning: float
    end: float
    whole: float


@lru_cache(maxsize=1)
def weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Weights by feature for texts with a final full stop, and for those without."""
    full: dict[str, float] = {}
    terse: dict[str, float] = {}
    for line in read_lines("weights.tsv"):
        feature, weight, extra = line.split("\t")
        full[feature] = float(weight)
        terse[feature] = float(weight) + float(extra)
    return full, terse


def scores(view: View, spans: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Parts]:
    """The sum of weights of each stretch of pieces, in four parts; those without hope are left out."""
    terse = not view.full_stop
    so_far = [0.0]
    for k in range(view.n):
        so_far.append(so_far[-1] + _sum(terse, *piece_call(view, k)))
    ends = {j: sum([_sum(terse, *call) for call in end_calls(view, j)]) for j in {j for _, j in spans}}
    bias = weights()[terse].get(BIAS, 0.0)
    out = {}
    last, start = -1, 0.0
    for i, j in spans:
        if i != last:
            last, start = i, sum([_sum(terse, *call) for call in start_calls(view, i)])
        words, end = so_far[j] - so_far[i], ends[j]
        so_good = words + start + end + bias
        if so_good >= HOPELESS:
            whole = sum([_sum(terse, *call) for call in span_calls(view, i, j)])
            out[i, j] = Parts(so_good + whole, words, start, end, whole + bias)
    return out


@lru_cache(maxsize=1 << 16)
def _sum(terse: bool, group: Group, values: tuple[object, ...]) -> float:
    get = weights()[terse].get
    return sum([get(feature, 0.0) for feature in group(*values)])


def rate(view: View, spans: Sequence[tuple[int, int]], found: Sequence[float]) -> list[float]:
    """The chance of each span to be hidden, given the score of each."""
    n = view.n
    weight = [exp(min(score, _HIGHEST)) for score in found]
    by_end: list[list[int]] = [[] for _ in range(n + 1)]
    by_start: list[list[int]] = [[] for _ in range(n + 1)]
    for k, (i, j) in enumerate(spans):
        by_end[j].append(k)
        by_start[i].append(k)
    before, after, whole = _ways(view, spans, weight, by_start, by_end)
    return [before[i] * weight[k] * after[j] / whole[i] for k, (i, j) in enumerate(spans)]


def _ways(
    view: View,
    spans: Sequence[tuple[int, int]],
    weight: Sequence[float],
    by_start: Sequence[Sequence[int]],
    by_end: Sequence[Sequence[int]],
) -> tuple[list[float], list[float], list[float]]:
    """Weighted ways to hide what stands before each piece, from each piece on, and in all, block by block."""
    n = view.n
    before, after, whole = [1.0] * (n + 1), [1.0] * (n + 1), [1.0] * (n + 1)
    bounds = block_bounds(view)
    for a, b in pairwise(bounds):
        ways = [1.0]
        for j in range(a + 1, b + 1):
            total = ways[-1]
            for k in by_end[j]:
                total += ways[spans[k][0] - a] * weight[k]
            ways.append(total)
        before[a:b] = ways[:-1]
        back = [1.0] * (b - a + 1)
        for i in range(b - 1, a - 1, -1):
            total = back[i + 1 - a]
            for k in by_start[i]:
                total += back[spans[k][1] - a] * weight[k]
            back[i - a] = total
        after[a + 1 : b + 1] = back[1:]
        whole[a:b] = [ways[-1]] * (b - a)
    return before, after, whole


def block_bounds(view: View) -> list[int]:
    """Where stretches that no candidate leaves begin: at stops, and every `BLOCK` pieces."""
    bounds = [0]
    for k, tag in enumerate(view.tags):
        if tag in ".;" or k - bounds[-1] >= BLOCK:
            bounds.append(k)
    return [*dict.fromkeys(bounds), view.n]


def features_of(view: View, i: int, j: int) -> list[str]:
    """All features of one candidate, for fitting and for explaining."""
    pieces = [piece_call(view, k) for k in range(i, j)]
    calls = (*pieces, *start_calls(view, i), *end_calls(view, j), *span_calls(view, i, j))
    return [BIAS, *(feature for group, values in calls for feature in group(*values))]


def spans_of(view: View, also: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """The candidates of a fact and the spans asked for, in order, none of which leaves its block."""
    spans = candidates(view)
    if also:
        spans = sorted({*spans, *also})
    bounds = block_bounds(view)
    if len(bounds) == 2:
        return spans
    block, at = [0] * view.n, 0
    for k in range(view.n):
        at += at + 1 < len(bounds) and k >= bounds[at + 1]
        block[k] = at
    return [(i, j) for i, j in spans if block[i] == block[j - 1]]


def reasons_of(view: View, i: int, j: int, parts: Parts, *, detailed: bool) -> tuple[Reason, ...]:
    """Why a candidate has its score: by family of features, or in four sums."""
    if not detailed:
        return tuple(Reason(name, round(weight, 3)) for name, weight in zip(_PARTS, parts[1:], strict=True))
    get = weights()[not view.full_stop].get
    families: dict[str, float] = {}
    for feature in features_of(view, i, j):
        family = feature.partition(":")[0]
        families[family] = families.get(family, 0.0) + get(feature, 0.0)
    weighed = [Reason(name, round(weight, 3)) for name, weight in families.items() if abs(weight) >= _TELLING]
    return tuple(sorted(weighed, key=lambda r: (-abs(r.weight), r.name)))
