"""A question answered by yes or no, without a why.

Why: half of the guesses are right, so the card teaches little and its intervals mean nothing. The reason is what
is worth knowing.

Bad:

    questions:
      - id: whale-fish
        question: Is a whale a fish?
        answer: No

Good:

    questions:
      - id: whale-fish
        question: Is a whale a fish?
        answer: No, it is a mammal and breathes air.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "yes-no-answer"
SEVERITY = Severity.WARNING
_BARE = re.compile(r"(?:yes|no|true|false)\W*(?:\w+\W*)?", re.IGNORECASE)


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Plain answers that are yes, no, true or false and hardly more, where no explanation follows."""
    for item in deck.kind(Kind.BASIC):
        answer = item.texts[1].plain
        if len(answer) < 20 and item.entry.explanation is None and _BARE.fullmatch(answer):
            if answer[:2].lower() == "no" and answer[2:3].isalpha():
                continue
            yield item.texts[1].report(
                CODE,
                f"the answer is only `{answer.strip()}`",
                "say why in the answer or in `explanation`, or ask what, which or why",
            )
