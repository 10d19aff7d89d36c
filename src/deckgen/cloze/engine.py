"""The engine: a fact and its deck to ranked candidates and a chosen set of blanks."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.deck import Deck
from deckgen.cloze.hints import hint_for
from deckgen.cloze.propose import Proposals
from deckgen.cloze.select import Selection
from deckgen.cloze.tokens import is_border, merged
from deckgen.cloze.types import Blank, Candidate, Choice, Context, Reason
from deckgen.cloze.visible import Sight

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NO_HINTS: Mapping[str, str] = MappingProxyType({})
WORTH = 0.26  # chance from which a blank is taken; below it the marked facts lose more precision than they gain
_LEAST = 0.02  # chance from which a lone blank is better than none
_WORDS_PER_BLANK = 3.0
_DECIDED = (Reason("decided before", 0.0),)


class _Author(NamedTuple):
    """What the author says about a fact, as ranges of it."""

    hide: tuple[tuple[tuple[int, int], ...], ...]
    keep: tuple[tuple[int, int], ...]
    missing: tuple[str, ...]


class Engine:
    """Chooses blanks for the facts of one deck."""

    def __init__(self, context: Context) -> None:
        self._deck = Deck(context)

    def choose(
        self,
        text: str,
        *,
        atoms: Sequence[tuple[int, int]] = (),
        hide: Sequence[str] = (),
        keep: Sequence[str] = (),
        hints: Mapping[str, str] = _NO_HINTS,
        limit: int | None = None,
        fixed: Sequence[tuple[int, int, int]] = (),
        elsewhere: str = "",
        detailed: bool = False,
    ) -> Choice:
        """Choose what to hide in `text`.

        Ranges are offsets into it; `fixed` holds (start, end, group). `limit` is the most groups to end with, not
        counting what `hide` and `fixed` ask for. `detailed` gives every candidate its reasons by kind of
        feature; without it only those taken have reasons, in four sums.
        """
        whole = merged(atoms)
        author = _read_author(text, hide, keep, whole)
        proposals = Proposals(text, whole, self._deck)
        selection = Selection(Sight(text, elsewhere), proposals.starts, proposals.ends, author.keep)
        for start, end, group in fixed:
            selection.force([(start, end)], group)
        for places in author.hide:
            free = [place for place in places if not selection.overlaps(*place)]
            if free:
                selection.force(free)
        decided = {(blank.start, blank.end) for blank in selection.blanks}
        candidates = self._take(selection, text, proposals, limit, hints, detailed=detailed)
        taken = {(c.start, c.end): c for c in candidates if c.taken}
        blanks = []
        for place in selection.blanks:
            start, end, group = place
            chosen = taken.get((start, end))
            if chosen:
                blanks.append(Blank(start, end, group, chosen.hint, chosen.reasons))
                continue
            hint = hints.get(text[start:end]) or self._hint(text, start, end)
            blanks.append(Blank(start, end, group, hint, _DECIDED if (start, end) in decided else ()))
        return Choice(_numbered(blanks, fixed), candidates, author.missing)

    def _take(
        self,
        selection: Selection,
        text: str,
        proposals: Proposals,
        limit: int | None,
        hints: Mapping[str, str],
        *,
        detailed: bool,
    ) -> tuple[Candidate, ...]:
        """Go through the proposals, best first, and take what is worth it."""
        out: list[Candidate] = []
        most = max(1, int(len(selection.sight.words) / _WORDS_PER_BLANK)) if limit is None else limit
        for p in proposals.found:
            if p.chance < _LEAST or (p.chance < WORTH and selection.blanks):
                why_not: str | None = "too unlikely to be what matters here"
            elif len(selection.groups) >= most:
                why_not = "enough is hidden"
            else:
                answer = text[p.start : p.end]
                why_not = p.bar or selection.why_not(answer, p.start, p.end, self._deck.aliases(answer, p.terms))
            taken = why_not is None
            reasons = proposals.why(p, detailed=detailed) if taken or detailed else ()
            hint = hints.get(text[p.start : p.end]) or self._hint(text, p.start, p.end) if taken else None
            out.append(Candidate(p.start, p.end, p.score, reasons, taken, why_not, hint))
        return tuple(out)

    def _hint(self, text: str, start: int, end: int) -> str | None:
        after = text[end : end + 40].split()
        return hint_for(text[start:end], after[0].strip(".,;:") if after else "", self._deck.glossary.names)


def _read_author(text: str, hide: Sequence[str], keep: Sequence[str], whole: Sequence[tuple[int, int]]) -> _Author:
    hidden = {phrase: tuple(occurrences(text, phrase, whole)) for phrase in hide}
    kept = sorted(place for phrase in keep for place in occurrences(text, phrase, whole))
    missing = tuple(phrase for phrase, places in hidden.items() if not places)
    return _Author(tuple(places for places in hidden.values() if places), tuple(kept), missing)


def occurrences(text: str, phrase: str, whole: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where a phrase stands in the text at word borders without cutting an atom; none overlapping."""
    out: list[tuple[int, int]] = []
    at = text.find(phrase) if phrase.strip() else -1
    while at >= 0:
        end = at + len(phrase)
        inside = any(a < at < b or a < end < b for a, b in whole)
        if is_border(text, at) and is_border(text, end) and not inside:
            out.append((at, end))
            at = text.find(phrase, end)
        else:
            at = text.find(phrase, at + 1)
    return out


def _numbered(blanks: Sequence[Blank], fixed: Sequence[tuple[int, int, int]]) -> tuple[Blank, ...]:
    """Groups numbered by first appearance; fixed ones keep their number and the others come after."""
    names = {group: group for _, _, group in fixed}
    after = max(names, default=0)
    out: list[Blank] = []
    for blank in blanks:
        if blank.group not in names:
            after += 1
            names[blank.group] = after
        same = names[blank.group] == blank.group
        out.append(blank if same else replace(blank, group=names[blank.group]))
    return tuple(out)
