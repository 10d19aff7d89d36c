"""Two entries that ask the same and want different answers.

Why: one of the two must be wrong, or the question does not say which one it means.

Bad:

    questions:
      - id: bones
        question: How many bones has an adult?
        answer: "206"
      - id: bones-again
        question: How many bones has an adult?
        answer: "208"

Good:

    questions:
      - id: bones
        question: How many bones has an adult?
        answer: "206"
      - id: bones-newborn
        question: How many bones has a newborn?
        answer: about 270

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import Item, LintedDeck
from deckgen.rules.registry import Trace
from deckgen.rules.words import quoted
from deckgen.succession import canonical

CODE = "conflicting-answers"
SEVERITY = Severity.WARNING
_EDGES = re.compile(r"[\W_]+")


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Questions that are equal but for marks and case, with answers that are not."""
    seen: dict[str, Item] = {}
    for item in deck.kind(Kind.BASIC, Kind.CHOICE):
        question, answer = item.texts[0], item.texts[1]
        other = seen.setdefault(_asked(item), item)
        if other is item or canonical(answer.plain) == canonical(other.texts[1].plain) or item.entry.image:
            continue
        if _EDGES.sub("", answer.plain).casefold() == _EDGES.sub("", other.texts[1].plain).casefold():
            continue
        yield question.report(
            CODE,
            f"`{other.id}` asks this too and answers {quoted(other.texts[1].plain)}",
            "say in both questions what sets them apart, or correct one of them",
            labels=(other.label("asked here"),),
        )


def traces(deck: LintedDeck) -> Iterator[Trace]:
    """What each question asks."""
    return ((_asked(item), item.id, item) for item in deck.kind(Kind.BASIC, Kind.CHOICE))


def _asked(item: Item) -> str:
    return item.texts[0].plain.casefold().strip(" ?.:")
