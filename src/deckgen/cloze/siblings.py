"""Pairs of one class, 'IL-4 and IL-13': while one is seen the other is half given, so they are hidden together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckgen.cloze.glossary import Found
    from deckgen.cloze.view import View

    Span = tuple[int, int]

_NAMES = frozenset({"cytokine", "receptor", "kinase", "gene", "enzyme", "drug", "acronym", "code"})
_JOINED = ("and", "or")
_LIST = 2  # pieces that a third member and its comma take before a pair
_MOST, _LEAST = 0.98, 0.025  # chances of a pair at most, and of its members, which are mentioned and never taken


def pairs_of(view: View, terms: Sequence[Found]) -> dict[Span, tuple[Span, Span]]:
    """The pieces of each pair, with those of its two members; a list of three is no pair."""
    ends = {t.last: t for t in terms}
    starts = {t.first: t for t in terms}
    out: dict[Span, tuple[Span, Span]] = {}
    for c, tag in enumerate(view.tags[:-1]):
        if tag != "C" or c == 0 or view.lows[c] not in _JOINED:
            continue
        left, right = ends.get(c), starts.get(c + 1)
        form = view.pieces[c - 1].form
        if left and right and left.term.kind and left.term.kind == right.term.kind and left.term != right.term:
            members = (left.first, c), (c + 1, right.last)
        elif form in _NAMES and form == view.pieces[c + 1].form and view.lows[c - 1] != view.lows[c + 1]:
            members = (c - 1, c), (c + 1, c + 2)
        else:
            continue
        first, last = members[0][0], members[1][1]
        if first < _LIST or view.tags[first - 1] != ",":
            out[first, last] = members
            continue
        third = ends.get(first - 1)
        same_class = third and left and third.term.kind == left.term.kind
        if not same_class and (not form or view.pieces[first - 2].form != form):
            out[first, last] = members
    return out


def join(pairs: dict[Span, tuple[Span, Span]], spans: Sequence[Span], chances: list[float]) -> list[float]:
    """The chances with those of two members given to their pair."""
    if not pairs:
        return chances
    out = list(chances)
    place = {span: k for k, span in enumerate(spans)}
    for pair, members in pairs.items():
        here = place.get(pair)
        if here is None:
            continue
        alone = [place[span] for span in members if span in place]
        out[here] = min(_MOST, out[here] + max([chances[k] for k in alone], default=0.0))
        for k in alone:
            out[k] = min(out[k], _LEAST)
    return out
