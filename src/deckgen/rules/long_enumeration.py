"""An answer that is a list of five or more things.

Why: lists are the hardest thing to recall whole, and one forgotten item fails all of them. A sequence asks for one
step at a time, a table for one cell; a fact asks for one item with the others in sight.

Bad:

    questions:
      - id: great-lakes
        question: What are the Great Lakes of North America?
        answer: Superior, Michigan, Huron, Erie, Ontario

Good:

    questions:
      - id: great-lakes
        question: What are the Great Lakes of North America, from west to east?
        steps: [Superior, Michigan, Huron, Erie, Ontario]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "long-enumeration"
SEVERITY = Severity.WARNING
SCOPE = "file"
FEWEST = 5
_PART = re.compile(r"\s*(?:[,;\n]\s*(?:and|or)\s+|[,;\n]|\s(?:and|or)\s)\s*")
_MOST_WORDS = 6


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Plain answers that are five or more short items."""
    for item in deck.kind(Kind.BASIC):
        answer = item.texts[1]
        if answer.plain.count(",") + answer.plain.count(";") + answer.plain.count("\n") < FEWEST - 2:
            continue
        parts = [part for part in _PART.split(answer.prose.strip().rstrip(".")) if part]
        if len(parts) >= FEWEST and all(len(part.split()) <= _MOST_WORDS and not part[0].isdigit() for part in parts):
            yield answer.report(
                CODE,
                f"the answer is a list of {len(parts)} things",
                "use `steps` if they have an order, `columns` and `rows` if they have properties, or a fact",
            )
