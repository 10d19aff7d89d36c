"""Two topics whose names differ in case or blanks alone.

Why: Anki makes one subdeck of them and shows whichever spelling came first.

Bad:

    # one.yaml
    topic: Side effects
    sources: [book#p. 1]
    facts:
      - id: nausea
        fact: The commonest side effect of metformin is {{c1::diarrhoea}}.
    # two.yaml
    topic: Side Effects
    sources: [book#p. 1]
    facts:
      - id: cough
        fact: Lisinopril gives one patient in ten a {{c1::cough}}.

Good:

    # one.yaml
    topic: Side effects
    sources: [book#p. 1]
    facts:
      - id: nausea
        fact: The commonest side effect of metformin is {{c1::diarrhoea}}.
    # two.yaml
    topic: Side effects
    sources: [book#p. 1]
    facts:
      - id: cough
        fact: Lisinopril gives one patient in ten a {{c1::cough}}.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.bank import Topic
from deckgen.diagnostic import Diagnostic, Label, Severity
from deckgen.linted import LintedDeck

CODE = "topic-spelling"
SEVERITY = Severity.WARNING


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Topics of the same name but for case and blanks."""
    seen: dict[str, Topic] = {}
    for topic in deck.bank.topics:
        other = seen.setdefault("".join(topic.name.value.casefold().split()), topic)
        if other.name.value != topic.name.value:
            yield Diagnostic(
                CODE,
                Severity.WARNING,
                f"the topic `{topic.name.value}` is called `{other.name.value}` in another file",
                topic.source.span(topic.name.start, topic.name.end),
                (Label(other.source.span(other.name.start, other.name.end), "named here"),),
                "use one spelling; the names of released topics must stay",
            )
