"""An entry that no second reader has compared with its sources.

Why: whoever writes a fact reads over its mistakes. A second reader, who compares each entry with the place it cites,
finds them before learners do. `deckgen verify` records what was read in `verified.tsv`.

Bad:

    # topic.yaml
    topic: Planets
    facts:
      - id: mercury
        fact: Mercury is the planet nearest to the {{c1::Sun}}.
        sources: [book#chapter 1]
    # verified.tsv

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

CODE = verification.UNVERIFIED
SEVERITY = Severity.WARNING
SCOPE = "bank"


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Live and withdrawn entries without a line in the record; nothing for a deck without the file."""
    return (item for item in verification.stale(deck.bank) if item.code == CODE)
