"""A fact with more than six blanks.

Why: seven cards of one sentence are seven times the same reading; most of them ask for words that nobody needs.

Bad:

    facts:
      - id: planets
        fact: >-
          The planets are {{c1::Mercury}}, {{c2::Venus}}, {{c3::Earth}}, {{c4::Mars}}, {{c5::Jupiter}}, {{c6::Saturn}},
          {{c7::Uranus}} and {{c8::Neptune}}.

Good:

    questions:
      - id: planets
        question: What are the planets, from the Sun outwards?
        steps: [Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus, Neptune]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "too-many-blanks"
SEVERITY = Severity.WARNING
SCOPE = "file"
MOST = 6


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Facts with more than six different blanks."""
    for item in deck.kind(Kind.FACT):
        if len(item.blanks) > MOST:
            advice = "hide less (`cloze: {max: 3}`), split the fact, or make it a sequence or a table"
            yield item.front.report(CODE, f"the fact has {len(item.blanks)} blanks", advice)
