"""What a deck says about a candidate, beyond the fact it stands in: glossary, subject, the other entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.cloze.glossary import Glossary, names_of
from deckgen.cloze.types import Reason
from deckgen.cloze.visible import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckgen.cloze.glossary import Found
    from deckgen.cloze.types import Context, Term
    from deckgen.cloze.view import View
    from deckgen.cloze.visible import Key

_TERM_BONUS = 0.8
_SUBJECT_COST = 2.0
_SPREAD = 0.3  # share of a deck's entries from which a word is what the deck is about
_SPREAD_COST = 1.5
_FEW = 10  # entries from which shares mean something
_ASKABLE = frozenset("ANXUKJg")
ABOUT = "is what the whole deck is about"


class Deck:
    """A context made ready: glossary compiled, every name of the subject known."""

    def __init__(self, context: Context) -> None:
        self.glossary = Glossary(context.glossary)
        self._corpus = context.corpus if context.documents >= _FEW else {}
        self._often = _SPREAD * context.documents
        self._subjects = self._names_of_subject(context.subject)
        self.silent = not (context.glossary or self._subjects or self._corpus)

    def _names_of_subject(self, subject: str) -> frozenset[Key]:
        term = self.glossary.names.get(subject.casefold())
        names = names_of(term) if term else ()
        return frozenset(key for key in (key_of(name) for name in (subject, *names)) if key)

    def aliases(self, answer: str, terms: Sequence[Term]) -> tuple[str, ...]:
        """Other names of what would be hidden: those of the term it is, or of its only term."""
        if not self.glossary.names:
            return ()
        term = self.glossary.names.get(answer.casefold())
        if term is None and len(terms) == 1:
            term = terms[0]
        return names_of(term) if term else ()

    def reasons(self, view: View, i: int, j: int, *, is_term: bool) -> tuple[Reason, ...]:
        """What speaks for and against pieces [i, j) in this deck; `is_term` if they are a term of the glossary."""
        if self.silent:
            return ()
        if self._subjects and _key(view, i, j) in self._subjects:
            return (Reason("subject of the deck", -_SUBJECT_COST),)
        out: list[Reason] = []
        if is_term:
            out.append(Reason("glossary term", _TERM_BONUS))
        if self._corpus:
            counts = [self._corpus.get(view.lows[k], 0) for k in range(i, j) if view.tags[k] in _ASKABLE]
            if counts and min(counts) > self._often:
                out.append(Reason("in many entries of the deck", -_SPREAD_COST))
        return tuple(out)

    def bar(self, view: View, i: int, j: int, terms: Sequence[Found]) -> str | None:
        """A reason never to hide pieces [i, j) of this fact in this deck."""
        if self.silent:
            return None
        if any((t.first < i < t.last) or (t.first < j < t.last) for t in terms):
            return "cuts a glossary term"
        key = _key(view, i, j) if self._subjects else ()
        for subject in self._subjects:
            if key == subject:
                return None if _defines(view, i, j) else ABOUT
        for subject in self._subjects:
            if subject in (key[: len(subject)], key[-len(subject) :]):
                return "begins or ends with what the whole deck is about"
        return None


def _key(view: View, i: int, j: int) -> Key:
    return tuple(word for k in range(i, j) for word in key_of(view.lows[k]))


def _defines(view: View, i: int, j: int) -> bool:
    """Whether a fact begins with the candidate and says what it is: 'X is a Y'."""
    opens = i == 0 or view.tags[:i] == ["D"]
    return opens and j + 1 < view.n and view.tags[j] == "B" and view.tags[j + 1] == "D"
