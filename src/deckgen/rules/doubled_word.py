"""A word written twice.

Why: it is a slip that readers stumble over, and it shows on every review.

Bad:

    facts:
      - id: seine
        fact: Paris lies on the the {{c1::Seine}}.

Good:

    facts:
      - id: seine
        fact: Paris lies on the {{c1::Seine}}.

False alarms: @COUNT@
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Edit, Fix, Severity
from deckgen.linted import LintedDeck

CODE = "doubled-word"
SEVERITY = Severity.WARNING
_DOUBLED = re.compile(
    r"\b(a|an|the|of|to|in|on|at|is|are|was|were|and|or|but|for|with|by|from|as|it|its|this|which|who|be|been|has|have"
    r"|not|if|than|then|into|between|also|can|may|will|when|where|what)[ ]+\1\b(?![-'’])",
    re.IGNORECASE,
)


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Words of grammar that follow themselves. Names and words such as `had had` or `that that` may be meant."""
    for text, at, match in deck.matches(_DOUBLED):
        first, second = match[0].split()
        if (first.isupper() and first != "A") or (second[0].isupper() and not first[0].isupper()):
            continue  # names and initials
        span = text.span(at, at + len(match[0]))
        fix = Fix((Edit(span, first),), f"write `{first}` once", safe=False) if span.text == match[0] else None
        yield text.report(CODE, f"`{match[0]}` says `{first}` twice", "take one out", at, at + len(match[0]), fix=fix)
