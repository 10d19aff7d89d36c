"""An entry whose date for a new check has passed.

Why: whoever set `review_by` knew that the fact would go stale. Until it is checked, learners study what may be wrong.

Bad:

    facts:
      - id: tallest-building
        fact: The tallest building of the world is the {{c1::Burj Khalifa}}.
        review_by: 2020-01-01

Good:

    facts:
      - id: tallest-building
        fact: The tallest building of the world is the {{c1::Burj Khalifa}}.
        review_by: 2099-01-01

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "review-due"
SEVERITY = Severity.WARNING
SCOPE = "file"


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Entries with a `review_by` before the day of the check."""
    today = deck.today.isoformat()
    for item in deck.items:
        due = item.entry.review_by
        if due is not None and due.value < today:
            advice = "check the fact against its source, then set a new date"
            yield item.report(CODE, f"`{item.id}` was to be checked by {due.value}", advice, due)
