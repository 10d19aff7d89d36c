"""The engine: a fact and its deck to ranked candidates and a chosen set of blanks."""

from __future__ import annotations

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

    from deckgen.cloze.select import Range

_NO_HINTS: Mapping[str, str] = MappingProxyType({})
_LEAST = 0.02  # worth from which a lone blank is better than none
_WORDS_PER_BLANK = 3.0
_AROUND = 40  # characters around a blank that may say its class already
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

        Ranges are offsets into it; `fixed` holds (start, end, group). `limit` is the most groups to end with; what
        `hide` and `fixed` ask for is hidden even beyond it. `detailed` lists the candidates and gives reasons, which
        takes longer.
        """
        whole = merged(atoms)
        author = _read_author(text, hide, keep, whole)
        proposals = Proposals(text, whole, self._deck)
        selection = Selection(Sight(text, elsewhere), proposals.fits, author.keep)
        for start, end, group in fixed:
            selection.force([(start, end)], group)
        for places in author.hide:
            free = [place for place in places if not selection.overlaps(*place)]
            if free:
                selection.force(free)
        decided = {(blank.start, blank.end) for blank in selection.blanks}
        candidates = self._take(selection, text, proposals, limit, hints, detailed=detailed)
        if not selection.blanks:
            candidates = self._take(selection, text, proposals, limit, hints, detailed=detailed, hopeless=True)
        reasons: dict[tuple[int, int], tuple[Reason, ...]] = dict.fromkeys(decided, _DECIDED)
        reasons.update({(c.start, c.end): c.reasons for c in candidates if c.taken})
        numbers = _numbers(selection.blanks, fixed)
        blanks = [
            Blank(start, end, numbers[group], self._hint(text, start, end, hints), reasons.get((start, end), ()))
            for start, end, group in selection.blanks
        ]
        return Choice(tuple(blanks), candidates, author.missing)

    def _take(
        self,
        selection: Selection,
        text: str,
        proposals: Proposals,
        limit: int | None,
        hints: Mapping[str, str],
        *,
        detailed: bool,
        hopeless: bool = False,
    ) -> tuple[Candidate, ...]:
        """Go through the proposals, best first, and take what is worth it; list them if `detailed`."""
        out: list[Candidate] = []
        taken = float(len(selection.groups))  # what is decided counts as certain
        most = max(1, int(len(selection.sight.words.keys) / _WORDS_PER_BLANK)) if limit is None else limit
        for p in proposals.best(hopeless=hopeless):
            beyond = None
            groups = len(selection.groups)
            if p.worth < _LEAST or (groups and p.worth < proposals.least(taken, groups)):
                beyond = "too unlikely to be what matters here"
            elif groups >= most:
                beyond = "enough is hidden"
            if beyond and not detailed:
                break
            answer = text[p.start : p.end]
            why_not = beyond or p.bar
            why_not = why_not or selection.why_not(answer, p.start, p.end, self._deck.aliases(answer, p.terms))
            if why_not is None:
                taken += p.worth
            if detailed:
                hint = self._hint(text, p.start, p.end, hints) if why_not is None else None
                out.append(Candidate(p.start, p.end, p.score, proposals.why(p), why_not is None, why_not, hint))
        return tuple(out)

    def _hint(self, text: str, start: int, end: int, hints: Mapping[str, str]) -> str | None:
        answer = text[start:end]
        if answer in hints:
            return hints[answer]
        return hint_for(
            answer, text[end : end + _AROUND], self._deck.glossary.names, text[max(0, start - _AROUND) : start]
        )


_SILENT = _Author((), (), ())


def _read_author(text: str, hide: Sequence[str], keep: Sequence[str], whole: Sequence[tuple[int, int]]) -> _Author:
    if not hide and not keep:
        return _SILENT
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


def _numbers(blanks: Sequence[Range], fixed: Sequence[tuple[int, int, int]]) -> dict[int, int]:
    """A number for each group: fixed ones keep theirs, the others come after in the order of the text."""
    numbers = {group: group for _, _, group in fixed}
    after = max(numbers, default=0)
    for blank in blanks:
        if blank.group not in numbers:
            after += 1
            numbers[blank.group] = after
    return numbers
