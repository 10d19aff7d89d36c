"""What entries say of each other and of other files: ids, sources, successors.

Runs after loading, on the whole bank.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from deckgen.bank import Bank, Entry
from deckgen.diagnostic import Diagnostic, Label, Severity
from deckgen.names import nearest
from deckgen.nodes import Scalar

MAX_GUESSES = 200
"""Misspelt names for which the nearest one is looked for."""


def check_references(bank: Bank) -> Iterator[Diagnostic]:
    """Ids given twice, and names of entries and sources that do not exist."""
    first: dict[str, Entry] = {}
    for _, entry in bank.entries():
        other = first.setdefault(entry.id.value, entry)
        if other is not entry:
            yield Diagnostic(
                "duplicate-id",
                Severity.ERROR,
                f"the id `{entry.id.value}` is taken twice",
                entry.span(entry.id),
                (Label(other.span(other.id), "first used here"),),
                "give this entry an id of its own",
                entry=entry.id.value,
            )
    known = first.keys() | bank.passed_over
    entry_names, source_names = _Guesses(known), _Guesses(bank.works)
    for _, entry in bank.entries():
        yield from _named_entries(entry, entry_names)
        yield from _citations(entry, source_names)


class _Guesses:
    """Names that exist, and the nearest to a misspelt one; for the first few only, since that takes a while."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = known
        self.left = min(MAX_GUESSES, 2_000_000 // (len(known) + 1))
        self.made: dict[str, str | None] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.known

    def nearest(self, name: str) -> str | None:
        if name not in self.made and self.left > 0:
            self.left -= 1
            self.made[name] = nearest(name, self.known)
        return self.made.get(name)


def _named_entries(entry: Entry, known: _Guesses) -> Iterator[Diagnostic]:
    names: list[tuple[str, Scalar]] = [("needs", need) for need in entry.needs]
    if entry.withdrawn is not None and entry.withdrawn.replaced_by is not None:
        names.append(("replaced_by", entry.withdrawn.replaced_by))
    for key, name in names:
        if name.value == entry.id.value:
            yield _unknown(entry, name, f"`{key}` names the entry itself", "name another entry, or take it out")
        elif name.value not in known:
            guess = known.nearest(name.value)
            advice = f"did you mean `{guess}`?" if guess else "name an id of this deck"
            yield _unknown(entry, name, f"`{key}` names `{name.value}`, which is no entry of this deck", advice)


def _unknown(entry: Entry, name: Scalar, message: str, advice: str) -> Diagnostic:
    return Diagnostic("unknown-entry", Severity.ERROR, message, entry.span(name), help=advice, entry=entry.id.value)


def _citations(entry: Entry, known: _Guesses) -> Iterator[Diagnostic]:
    for citation in entry.sources:
        if citation.key in known:
            continue
        guess = known.nearest(citation.key)
        advice = f"did you mean `{guess}`?" if guess else "add it to sources.yaml, or cite one that is there"
        yield Diagnostic(
            "unknown-source",
            Severity.ERROR,
            f"the source `{citation.key}` is not in sources.yaml",
            entry.source.span(citation.node.start, citation.node.end),
            help=advice,
            entry=entry.id.value,
        )
