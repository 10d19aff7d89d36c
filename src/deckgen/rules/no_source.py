"""An entry without any source.

Why: a reader cannot check it, and nobody will know when it goes stale.

Bad:

    topic: Stars
    facts:
      - id: sirius
        fact: The brightest star of the night sky is {{c1::Sirius}}.

Good:

    topic: Stars
    facts:
      - id: sirius
        fact: The brightest star of the night sky is {{c1::Sirius}}.
        sources: [book#chapter 2]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.unsourced_figure import figure

CODE = "no-source"
SEVERITY = Severity.WARNING
SCOPE = "file"


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Entries without a source of their own or of their file; a dose or percentage has a rule of its own."""
    for item in deck.items:
        if not item.entry.sources and figure(item) is None:
            yield item.report(
                CODE,
                f"`{item.id}` names no source",
                "add `sources: [key#place]` here, or `sources` at the top of the file",
            )
