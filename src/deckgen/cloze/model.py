"""Weights fitted to facts that people marked, and what they say about the candidates of a fact.

A candidate's score is a sum of weights. Candidates compete: of two that overlap only one can be hidden, so the chance
of each is its share among all ways to hide parts of the sentence (a semi-Markov model: Sarawagi and Cohen, 2004).
`weights.tsv` holds for each feature its weight and what is added to it in texts without a final full stop, which people
write in a terser style.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from math import exp
from operator import itemgetter
from typing import TYPE_CHECKING

from deckgen.cloze.features import end_calls, piece_call, span_calls, start_calls
from deckgen.cloze.types import Reason
from deckgen.cloze.view import candidates
from deckgen.cloze.wordlists import read_lines

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from deckgen.cloze.features import Call
    from deckgen.cloze.view import View

_HIGHEST = 6.0
BIAS = "bias:"
HOPELESS = -2.8  # sum below which the features of the whole make a blank in one fact of five hundred
_REMEMBERED = 1 << 17  # sums kept, about 30 MB at most
_SLIGHT = 0.02  # chance of a span below which it adds nothing to its rivals
_NEARLY = 0.4  # what an answer of nearly the same words is worth against the same answer
_TELLING = 0.05  # weights below are not worth a line of their own


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


def scores(
    view: View, spans: Sequence[tuple[int, int]], wanted: Container[tuple[int, int]] = ()
) -> dict[tuple[int, int], float]:
    """The sum of weights of each stretch of pieces; those without hope are left out unless `wanted`."""
    terse = not view.full_stop
    known = _sums()[terse].__getitem__
    words = [0.0, *accumulate([known(piece_call(view, k)) for k in range(view.n)])]
    ends = {j: sum(map(known, end_calls(view, j))) for j in {j for _, j in spans}}
    bias = weights()[terse].get(BIAS, 0.0)
    out = {}
    for i, group in groupby(spans, key=itemgetter(0)):
        so_far = bias - words[i] + sum(map(known, start_calls(view, i)))
        calls = None
        for _, j in group:
            so_good = so_far + words[j] + ends[j]
            if so_good >= HOPELESS or (i, j) in wanted:
                calls = calls or span_calls(view, i)
                out[i, j] = so_good + sum(map(known, calls(j)))
    return out


class _Sums(dict["Call", float]):
    """The sum of weights of each group of features met so far."""

    def __init__(self, table: Mapping[str, float]) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, call: Call) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        group, values = call
        found = sum([self._table.get(feature, 0.0) for feature in group(*values)])
        self[call] = found
        return found


@lru_cache(maxsize=1)
def _sums() -> tuple[_Sums, _Sums]:
    full, terse = weights()
    return _Sums(full), _Sums(terse)


def rate(view: View, spans: Sequence[tuple[int, int]], found: Sequence[float]) -> list[float]:
    """How much each span is worth hiding, from 0 to 1, given the score of each.

    It is the chance that an author hides just this span and, for a part of `_NEARLY`, the words it is expected to
    share with what an author hides there.
    """
    n = view.n
    weight = [exp(min(score, _HIGHEST)) for score in found]
    by_end: list[list[int]] = [[] for _ in range(n + 1)]
    by_start: list[list[int]] = [[] for _ in range(n + 1)]
    for k, (i, j) in enumerate(spans):
        by_end[j].append(k)
        by_start[i].append(k)
    before, after, whole = _ways(view, spans, weight, by_start, by_end)
    chances = [before[i] * weight[k] * after[j] / whole[i] for k, (i, j) in enumerate(spans)]
    return _with_likeness(view, spans, chances)


def _with_likeness(view: View, spans: Sequence[tuple[int, int]], chances: Sequence[float]) -> list[float]:
    out = list(chances)
    words = view.word_count
    likely = [k for k, chance in enumerate(chances) if chance >= _SLIGHT]
    for at, k in enumerate(likely):
        i, j = spans[k]
        for other in likely[at + 1 :]:
            a, b = spans[other]
            if a >= j:
                break
            shared = words[min(b, j)] - words[a]
            share = _NEARLY * 2 * shared / (words[j] - words[i] + words[b] - words[a])
            out[k] += share * chances[other]
            out[other] += share * chances[k]
    return out


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
    for a, b in pairwise(view.bounds):
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


def features_of(view: View, i: int, j: int) -> list[str]:
    """All features of one candidate, for fitting."""
    return [BIAS, *(feature for group, values in _calls(view, i, j) for feature in group(*values))]


def _calls(view: View, i: int, j: int) -> tuple[Call, ...]:
    pieces = [piece_call(view, k) for k in range(i, j)]
    return (*pieces, *start_calls(view, i), *end_calls(view, j), *span_calls(view, i)(j))


def spans_of(view: View, also: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """The candidates of a fact and the spans asked for, in order, none of which leaves its block."""
    spans = candidates(view)
    inside = [span for span in also if not any(span[0] < bound < span[1] for bound in view.bounds)]
    return sorted({*spans, *inside}) if inside else spans


def reasons_of(view: View, i: int, j: int) -> tuple[Reason, ...]:
    """Why a candidate has its score, by family of features."""
    terse = not view.full_stop
    families = {BIAS.rstrip(":"): weights()[terse].get(BIAS, 0.0)}
    for call in _calls(view, i, j):
        for family, weight in _by_family(terse, call):
            families[family] = families.get(family, 0.0) + weight
    weighed = [Reason(name, round(weight, 3)) for name, weight in families.items() if abs(weight) >= _TELLING]
    weighed.sort(key=lambda r: (-abs(r.weight), r.name))
    rest = sum(weight for weight in families.values() if abs(weight) < _TELLING)
    return (*weighed, Reason("all else", round(rest, 3)))


@lru_cache(maxsize=1 << 16)
def _by_family(terse: bool, call: Call) -> tuple[tuple[str, float], ...]:
    group, values = call
    get = weights()[terse].get
    return tuple((feature.partition(":")[0], get(feature, 0.0)) for feature in group(*values))
