"""A choice with the option "all of the above" or "none of the above".

Why: options are shown in a new order each time, so there is no above. And who knows two right options knows that all
are right.

Bad:

    questions:
      - id: mammals
        question: Which of these is a mammal?
        answer: All of the above
        distractors: [Whale, Bat, Platypus]

Good:

    questions:
      - id: mammals
        question: Which of these is a mammal?
        answer: Platypus
        distractors: [Penguin, Ostrich, Crocodile]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.words import quoted

CODE = "all-of-the-above"
SEVERITY = Severity.WARNING
SCOPE = "file"
_ABOVE = re.compile(
    r"(?:all|none|both|neither|any|either|a and b|two|some)\b(?: \w+)? ?of (?:the|these|them|those)"
    r"(?: (?:above|below|options|answers|others))?"
    r"|(?:both|neither)|(?:all|none|both|neither|any)(?: are| is)? (?:above|correct|right|true)",
    re.IGNORECASE,
)


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Options that speak of the other options."""
    for item in deck.kind(Kind.CHOICE):
        for text in item.texts:
            if text.key in ("answer", "distractors") and _ABOVE.fullmatch(text.plain.strip().rstrip(".")):
                advice = "name a thing instead; options are shown in a new order at each review"
                yield text.report(CODE, f"{quoted(text.plain)} speaks of the other options", advice)
