"""Weights fitted to facts that people marked, and what they say about the candidates of a fact.

A candidate's score is a sum of weights. Candidates compete: of two that overlap only one can be hidden, so the chance
of each is its share among all ways to hide parts of the sentence (a semi-Markov model: Sarawagi and Cohen, 2004).
`weights.tsv` holds for each feature its weight and what is added to it in texts without a final full stop, which people
write in a terser style.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate, islice, pairwise
from math import exp
from operator import getitem
from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.features import (
    END,
    START,
    WHOLE,
    end_values,
    of_piece,
    piece_values,
    start_values,
    whole_values,
)
from deckgen.cloze.types import Reason
from deckgen.cloze.view import candidates
from deckgen.cloze.wordlists import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from deckgen.cloze.features import Group, Values
    from deckgen.cloze.view import View

    Rows = Sequence[tuple[int, list[int]]]

_HIGHEST = 6.0
BIAS = "bias:"
HOPELESS = -200  # sum, in hundredths, below which the features of the whole hardly ever make a blank
_REMEMBERED = 1 << 14  # sums kept of a group, about 30 MB in all
_SLIGHT = 0.02  # chance of a span below which it adds nothing to its rivals
_NEARLY = 0.3  # what an answer of nearly the same words is worth against the same answer
_TELLING = 5  # weights below, in hundredths, are not worth a line of their own


@lru_cache(maxsize=1)
def weights() -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Weights by feature for texts with a final full stop, and for those without, in hundredths.

    Whole numbers add up to the same sum in any order.
    """
    full: dict[str, int] = {}
    terse: dict[str, int] = {}
    for line in read_lines("weights.tsv"):
        feature, weight, extra = line.split("\t")
        full[feature] = round(100 * float(weight))
        terse[feature] = full[feature] + round(100 * float(extra))
    return full, terse


def scores(
    view: View, possible: Rows, wanted: Set[tuple[int, int]] = frozenset(), least: float = HOPELESS
) -> dict[tuple[int, int], float]:
    """The sum of weights of each stretch of pieces.

    Those whose sum without the features of the whole lies below `least`, in hundredths, are left out unless `wanted`.
    """
    terse = not view.full_stop
    known = _sums()[terse]
    words = [0, *accumulate(map(known.piece.__getitem__, piece_values(view)))]
    starts, ends = [i for i, _ in possible], sorted({j for _, there in possible for j in there})
    bias = weights()[terse].get(BIAS, 0)
    first = {i: bias - words[i] + _sum(known.start, v) for i, v in zip(starts, start_values(view, starts), strict=True)}
    last = {j: words[j] + _sum(known.end, v) for j, v in zip(ends, end_values(view, ends), strict=True)}
    hopeful = []
    for i, there in possible:
        enough = least - first[i]
        hopeful += [(i, j) for j in there if last[j] >= enough or (wanted and (i, j) in wanted)]
    shapes, settings = known.whole[:2]
    out = {}
    for span, (shape, setting, more) in zip(hopeful, whole_values(view, hopeful), strict=True):
        total = first[span[0]] + last[span[1]] + shapes[shape] + settings[setting]
        for place, values in more:
            total += known.whole[place][values]
        out[span] = total / 100
    return out


def _sum(known: Sequence[_Group], values: Sequence[Values]) -> int:
    return sum(map(getitem, known, values))


class _Group(dict["Values", int]):
    """The sum of weights of one group of features by its values, for those met so far."""

    def __init__(self, group: Group, table: Mapping[str, int]) -> None:
        super().__init__()
        self._group, self._table = group, table

    def __missing__(self, values: Values) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = sum([self._table.get(feature, 0) for feature in self._group(*values)])
        self[values] = found
        return found


class _Sums(NamedTuple):
    """The sums of each group of features."""

    piece: _Group
    start: tuple[_Group, ...]
    end: tuple[_Group, ...]
    whole: tuple[_Group, ...]


@lru_cache(maxsize=1)
def _sums() -> tuple[_Sums, _Sums]:
    full, terse = (
        _Sums(_Group(of_piece, table), *(tuple(_Group(g, table) for g in groups) for groups in (START, END, WHOLE)))
        for table in weights()
    )
    return full, terse


def rate(view: View, spans: Sequence[tuple[int, int]], chances: Sequence[float]) -> list[float]:
    """How much each span is worth hiding, from 0 to 1, given the chance of each.

    It is the chance that an author hides just this span and, for a part of `_NEARLY`, the words it is expected to
    share with what an author hides there.
    """
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


def chances_of(view: View, spans: Sequence[tuple[int, int]], found: Sequence[float]) -> list[float]:
    """The chance that an author hides each span, from its score.

    It is the share of the span among all ways to hide parts of its block; spans are in order.
    """
    weight = [exp(min(score, _HIGHEST)) for score in found]
    before, after = [0.0] * (view.n + 1), [0.0] * (view.n + 1)
    out = list(weight)
    first = 0
    for a, b in pairwise(view.bounds):
        before[a] = 1.0
        k = first
        for i in range(a, b):
            ways = before[i]
            before[i + 1] += ways
            while k < len(spans) and spans[k][0] == i:
                before[spans[k][1]] += ways * weight[k]
                k += 1
        whole, after[b], k, last = before[b], 1.0, k - 1, k
        for i in range(b - 1, a - 1, -1):
            ways = after[i + 1]
            while k >= first and spans[k][0] == i:
                share = weight[k] * after[spans[k][1]]
                ways += share
                out[k] = before[i] * share / whole
                k -= 1
            after[i] = ways
        before[b], first = 0.0, last
    return out


def features_of(view: View, i: int, j: int) -> list[str]:
    """All features of one candidate, for fitting."""
    return [BIAS, *(feature for group, values in _groups(view, i, j) for feature in group(*values))]


def _groups(view: View, i: int, j: int) -> Iterator[tuple[Group, Values]]:
    """Every group that holds for one candidate, with its values."""
    yield from ((of_piece, values) for values in islice(piece_values(view), i, j))
    for groups, found in ((START, start_values(view, [i])), (END, end_values(view, [j]))):
        yield from zip(groups, next(found), strict=True)
    *always, more = next(whole_values(view, [(i, j)]))
    yield from zip(WHOLE, always, strict=False)
    yield from ((WHOLE[place], values) for place, values in more)


def possible_of(view: View, also: Sequence[tuple[int, int]] = ()) -> Rows:
    """The candidates of a fact and the spans asked for, none of which leaves its block."""
    found = candidates(view)
    bounds = view.bounds
    inside = [(i, j) for i, j in also if bisect_right(bounds, i) == bisect_left(bounds, j)]
    if not inside:
        return found
    ends = {i: set(there) for i, there in found}
    for i, j in inside:
        ends.setdefault(i, set()).add(j)
    return [(i, sorted(there)) for i, there in sorted(ends.items())]


def spans_of(view: View) -> list[tuple[int, int]]:
    """The candidates of a fact in order, for fitting."""
    return [(i, j) for i, there in possible_of(view) for j in there]


def reasons_of(view: View, i: int, j: int) -> tuple[Reason, ...]:
    """Why a candidate has its score, by family of features."""
    terse = not view.full_stop
    families = {BIAS.rstrip(":"): weights()[terse].get(BIAS, 0)}
    for group, values in _groups(view, i, j):
        for family, weight in _by_family(terse, group, values):
            families[family] = families.get(family, 0) + weight
    weighed = [(name, weight) for name, weight in families.items() if abs(weight) >= _TELLING]
    weighed.sort(key=lambda it: (-abs(it[1]), it[0]))
    rest = sum(weight for weight in families.values() if abs(weight) < _TELLING)
    return tuple(Reason(name, weight / 100) for name, weight in (*weighed, ("all else", rest)))


@lru_cache(maxsize=1 << 16)
def _by_family(terse: bool, group: Group, values: Values) -> tuple[tuple[str, int], ...]:
    get = weights()[terse].get
    return tuple((feature.partition(":")[0], get(feature, 0)) for feature in group(*values))
