"""The engine: a fact and its deck to ranked candidates and a chosen set of blanks."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.closed import STOP
from deckgen.cloze.glossary import Glossary, names_of
from deckgen.cloze.names import form_of
from deckgen.cloze.select import Selection
from deckgen.cloze.tokens import is_border, merged, tokenise
from deckgen.cloze.types import Blank, Candidate, Choice, Context, Reason
from deckgen.cloze.values import find_values
from deckgen.cloze.visible import Sight, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deckgen.cloze.tokens import Token

_NO_HINTS: Mapping[str, str] = MappingProxyType({})
_VALUE_SCORE, _TERM_SCORE, _NAME_SCORE, _RARE_SCORE = 2.0, 2.5, 1.5, 0.2


class Scored(NamedTuple):
    """A candidate before the selection."""

    start: int
    end: int
    score: float
    reasons: tuple[Reason, ...]
    hint: str | None


class Engine:
    """Chooses blanks for the facts of one deck."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._glossary = Glossary(context.glossary)
        self._subject = key_of(context.subject)

    def choose(  # noqa: PLR0913 - one argument for each thing an author can say about a fact
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
    ) -> Choice:
        """Choose what to hide in `text`. Ranges are offsets into it; `fixed` holds (start, end, group)."""
        tokens = tokenise(text, atoms)
        whole = merged(atoms)
        kept = sorted(place for phrase in keep for place in occurrences(text, phrase, whole))
        borders = (frozenset(t.start for t in tokens), frozenset(t.end for t in tokens))
        selection = Selection(Sight(text, elsewhere), borders, kept)
        for start, end, group in fixed:
            selection.force([(start, end)], group)
        missing = tuple(phrase for phrase in hide if not self._hide(selection, text, phrase, whole))
        given = {(b.start, b.end): (Reason("decided before", 0.0),) for b in selection.blanks}
        candidates = self._take(selection, text, tokens, limit, hints)
        reasons = given | {(c.start, c.end): c.reasons for c in candidates if c.taken}
        hinted = {(c.start, c.end): c.hint for c in candidates}
        blanks = []
        for start, end, group in selection.blanks:
            hint = hints.get(text[start:end]) or hinted.get((start, end))
            blanks.append(Blank(start, end, group, hint, reasons.get((start, end), ())))
        return Choice(_numbered(blanks, fixed), candidates, missing)

    def _hide(self, selection: Selection, text: str, phrase: str, whole: Sequence[tuple[int, int]]) -> bool:
        places = occurrences(text, phrase, whole)
        free = [place for place in places if not selection.overlaps(*place)]
        if free:
            selection.force(free)
        return bool(places)

    def _take(
        self,
        selection: Selection,
        text: str,
        tokens: Sequence[Token],
        limit: int | None,
        hints: Mapping[str, str],
    ) -> tuple[Candidate, ...]:
        out: list[Candidate] = []
        most = limit if limit is not None else max(1, min(8, round(len(tokens) / 6.5)))
        groups = {blank.group for blank in selection.blanks}
        for c in sorted(self._candidates(text, tokens), key=lambda c: (-c.score, c.start, c.end)):
            why_not = None
            if len(groups) >= most:
                why_not = "enough is hidden"
            else:
                why_not = selection.why_not(text, c.start, c.end, self._aliases)
                groups = {blank.group for blank in selection.blanks}
            hint = hints.get(text[c.start : c.end]) or c.hint
            out.append(Candidate(c.start, c.end, c.score, c.reasons, why_not is None, why_not, hint))
        return tuple(out)

    def _aliases(self, answer: str) -> tuple[str, ...]:
        term = self._glossary.names.get(answer.casefold())
        return names_of(term) if term else ()

    def _candidates(self, text: str, tokens: Sequence[Token]) -> list[Scored]:
        out: list[Scored] = []
        busy: set[int] = set()
        lows = [t.text.lower() for t in tokens]
        for found in self._glossary.find(text, tokens, lows):
            if key_of(text[found.start : found.end]) == self._subject:
                continue
            out.append(
                Scored(
                    found.start,
                    found.end,
                    _TERM_SCORE,
                    (Reason("glossary term", _TERM_SCORE),),
                    found.term.kind,
                )
            )
            busy.update(range(found.first, found.last))
        for i, j, kind in find_values(tokens):
            if busy.isdisjoint(range(i, j)):
                reasons = (Reason(kind, _VALUE_SCORE),)
                out.append(Scored(tokens[i].start, tokens[j - 1].end, _VALUE_SCORE, reasons, None))
                busy.update(range(i, j))
        for i, token in enumerate(tokens):
            if i not in busy and token.word and lows[i] not in STOP:
                form = form_of(token.text)
                score = _NAME_SCORE if form else _RARE_SCORE * min(len(token.text), 12) / 12
                reasons = (Reason(form or "word", score),)
                out.append(Scored(token.start, token.end, score, reasons, form or None))
        return out


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
        out.append(Blank(blank.start, blank.end, names[blank.group], blank.hint, blank.reasons))
    return tuple(out)
