"""The deck's glossary, compiled once, found in a fact by its tokens.

A term is found under its name, its aliases and its expansion, in singular or plural. Names of up to four capitals are
found only as written, so that AD is no advertisement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.tokens import EAST_WORD, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckgen.cloze.sentence import Piece
    from deckgen.cloze.types import Term


class Found(NamedTuple):
    """A term on the tokens `[first, last)`; `start`, `end` are its characters."""

    first: int
    last: int
    start: int
    end: int
    term: Term


class Glossary:
    """Finds terms; longer ones win over shorter ones inside them."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...] | None, Term]]] = {}
        self._east: list[tuple[str, Term]] = []
        self.names: dict[str, Term] = {}
        for term in terms:
            for name in names_of(term):
                self._add(name, term)
        for ways in self._by_first.values():
            ways.sort(key=lambda way: -len(way[0]))
        self._east.sort(key=lambda way: -len(way[0]))

    def _add(self, name: str, term: Term) -> None:
        self.names.setdefault(name.casefold(), term)
        if EAST_WORD.search(name):
            self._east.append((name, term))
            return
        tokens = tuple(t.text for t in tokenise(name))
        if tokens:
            low = tuple(t.lower() for t in tokens)
            exact = tokens if len(name) <= 4 and name.isupper() else None
            self._by_first.setdefault(singular(low[0]), []).append((low, exact, term))

    def find(self, text: str, tokens: Sequence[Piece], lows: Sequence[str]) -> list[Found]:
        """Terms in the text, in order, none overlapping."""
        out: list[Found] = []
        i, n = 0, len(tokens)
        while i < n and self._by_first:
            found = self._at(tokens, lows, i)
            if found:
                out.append(found)
                i = found.last
            else:
                i += 1
        if self._east and EAST_WORD.search(text):
            out.extend(self._find_east(text, tokens))
            out.sort()
        return out

    def _at(self, tokens: Sequence[Piece], lows: Sequence[str], i: int) -> Found | None:
        for low, exact, term in self._by_first.get(singular(lows[i]), ()):
            last = i + len(low)
            if last > len(lows):
                continue
            if exact and tuple(tokens[k].text for k in range(i, last)) not in (
                exact,
                (*exact[:-1], exact[-1] + "s"),
            ):
                continue
            if all(lows[i + k] == low[k] or singular(lows[i + k]) == singular(low[k]) for k in range(len(low))):
                return Found(i, last, tokens[i].start, tokens[last - 1].end, term)
        return None

    def _find_east(self, text: str, tokens: Sequence[Piece]) -> list[Found]:
        out: list[Found] = []
        for name, term in self._east:
            at = text.find(name)
            while at >= 0:
                end = at + len(name)
                first = next((k for k, t in enumerate(tokens) if t.end > at), len(tokens))
                last = next((k for k, t in enumerate(tokens) if t.start >= end), len(tokens))
                if all(f.end <= at or f.start >= end for f in out):
                    out.append(Found(first, last, at, end, term))
                at = text.find(name, end)
        return out


def names_of(term: Term) -> tuple[str, ...]:
    """Every name of a term, each once."""
    names = (term.name, *term.aliases, *((term.expansion,) if term.expansion else ()))
    return tuple(dict.fromkeys(name for name in names if name.strip()))


def singular(word: str) -> str:
    """A lower-case word without its plural ending; only for comparing, not for showing."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "suis":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1]
