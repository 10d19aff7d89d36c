"""An entry whose newest source is older than the deck allows.

Why: in a field that moves, an old source is the first sign of a stale fact. How old is too old is for the deck to say:
`source_age: 10` in deck.yaml means ten years. Without it this rule is silent.

Bad:

    # deck.yaml
    source_age: 10
    # sources.yaml
    old: {title: An old handbook, date: 1998}
    # topic.yaml
    topic: Asthma
    facts:
      - id: first-line
        fact: The reliever of choice in asthma is {{c1::salbutamol}}.
        sources: [old#p. 3]

Good:

    # deck.yaml
    source_age: 10
    # sources.yaml
    old: {title: An old handbook, date: 1998}
    new: {title: A new handbook, date: 2025-03}
    # topic.yaml
    topic: Asthma
    facts:
      - id: first-line
        fact: The reliever of choice in asthma is {{c1::salbutamol}}.
        sources: [old#p. 3, new#p. 5]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.bank import parse_date
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "old-source"
SEVERITY = Severity.WARNING
SCOPE = "file"


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Entries none of whose dated sources is younger than `source_age` years; sources without a date say nothing."""
    years = deck.bank.settings.source_age
    if years is None:
        return
    oldest = deck.today.replace(year=deck.today.year - years, day=min(deck.today.day, 28))
    dates = {key: parse_date(work.date.value) for key, work in deck.bank.works.items() if work.date is not None}
    for item in deck.items:
        known = [(date, citation) for citation in item.entry.sources if (date := dates.get(citation.key)) is not None]
        if not known or len(known) < len(item.entry.sources):
            continue
        date, citation = max(known, key=lambda pair: pair[0])
        if date < oldest:
            message = f"the newest source, `{citation.key}`, is of {date.year}, more than {years} years old"
            yield item.report(CODE, message, "look for a newer source, and cite it if it agrees", citation.node)
