"""An entry that has changed since a second reader compared it with its sources.

Why: the verdict was about other words. `deckgen verify --entry ID` records the new reading. A line of the record that
is no verdict, or whose entry is gone, is reported as well.

Bad:

    # topic.yaml
    topic: Planets
    facts:
      - id: mercury
        fact: Mercury is the planet nearest to the {{c1::Sun}}.
        sources: [book#chapter 1]
    # verified.tsv
    mercury\ted3ab601c8b4\t2026-11-25\tok

Good:

    # topic.yaml
    topic: Planets
    facts:
      - id: mercury
        fact: Mercury is the planet nearest to the {{c1::Sun}}.
        sources: [book#chapter 1]
    # verified.tsv
    mercury\t0fff5f06b846\t2026-11-25\tok

False alarms: none on a deck without `verified.tsv`; such a deck is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen import verification
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = verification.STALE
SEVERITY = Severity.WARNING
SCOPE = "bank"


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Entries whose digest is not the one in the record, and lines that cannot be used."""
    return (item for item in verification.stale(deck.bank) if item.code == CODE)
