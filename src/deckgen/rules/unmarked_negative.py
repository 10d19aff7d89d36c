"""A negative stem without emphasis.

Why: readers pass over a small "not" and answer the opposite question, and the lapse says nothing of what they know.

Bad:

    questions:
      - id: reptiles
        question: Which of these is not a reptile?
        answer: Salamander
        distractors: [Gecko, Tortoise, Cobra]

Good:

    questions:
      - id: reptiles
        question: Which of these is **not** a reptile?
        answer: Salamander
        distractors: [Gecko, Tortoise, Cobra]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Edit, Fix, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.words import quoted

CODE = "unmarked-negative"
SEVERITY = Severity.WARNING
SCOPE = "file"
_NEGATIVE = re.compile(r"(?<!, )\b(?:not|except|least likely|incorrect|untrue|false|never|n't)\b")
_ASKS = re.compile(r"\b(?:which|what|who|where|when)\b", re.IGNORECASE)


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Questions with options that hold a small `not` or `except` outside emphasis."""
    for item in deck.kind(Kind.CHOICE):
        question = item.texts[0]
        match = _NEGATIVE.search(question.prose)
        if match is None or not (match[0] == "except" or _ASKS.search(question.prose)):
            continue
        span = question.span(match.start(), match.end())
        source = span.source.text
        if "*" in source[max(0, span.start - 2) : span.start] + source[span.end : span.end + 2]:
            continue
        exact = span.text == match[0]
        fix = Fix((Edit(span, f"**{match[0]}**"),), f"write **{match[0]}**", safe=False) if exact else None
        yield question.report(
            CODE,
            f"the stem turns on a small {quoted(match[0])}, which is easy to miss",
            f"write **{match[0]}**, or turn the question round",
            match.start(),
            match.end(),
            fix=fix,
        )
