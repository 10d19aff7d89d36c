"""A source cited without the place in it.

Why: nobody checks a fact against a book of six hundred pages. With a page, section or heading it takes a minute.

Bad:

    topic: Bones
    facts:
      - id: femur
        fact: The longest bone of the body is the {{c1::femur}}.
        sources: [book]

Good:

    topic: Bones
    facts:
      - id: femur
        fact: The longest bone of the body is the {{c1::femur}}.
        sources: [book#p. 212]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "source-without-place"
SEVERITY = Severity.WARNING
SCOPE = "file"


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Citations without anything after the key. One that a whole file inherits is reported once."""
    seen: set[tuple[int, int]] = set()
    for item in deck.items:
        for citation in item.entry.sources:
            if citation.place:
                continue
            place = (id(item.entry.source), citation.node.start)
            if place not in seen:
                seen.add(place)
                message = f"`{citation.key}` is cited without a place in it"
                yield item.report(CODE, message, f"write `{citation.key}#section` or `#p. 12`", citation.node)
