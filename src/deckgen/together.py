"""Decks of one repository held against each other: Anki must be able to tell them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckgen.bank import Bank
from deckgen.diagnostic import Diagnostic, Label, Severity
from deckgen.nodes import Scalar


def check_together(banks: Mapping[str, Bank]) -> Iterator[Diagnostic]:
    """Two decks with one id (their notes would overwrite each other) or one name (they would become one deck)."""
    for code, what in (("duplicate-deck-id", "id"), ("duplicate-deck-name", "name")):
        seen: dict[str, tuple[Bank, Scalar]] = {}
        for bank in banks.values():
            node = bank.settings.id if what == "id" else bank.settings.name
            first = seen.setdefault(node.value.casefold(), (bank, node))
            if first[0] is not bank:
                label = Label(first[0].settings.source.span(first[1].start, first[1].end), "first used here")
                yield Diagnostic(
                    code, Severity.ERROR, f"two decks have the {what} `{node.value}`",
                    bank.settings.source.span(node.start, node.end), (label,), f"give this deck a {what} of its own",
                )  # fmt: skip
