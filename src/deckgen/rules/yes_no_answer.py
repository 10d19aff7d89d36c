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
SCOPE = "file"
_LONGEST = 24
_BARE = re.compile(r"(?:yes|no|true|false)\b\W*(?:[,;.:!–—-]\s*\w+\W*)?", re.IGNORECASE)
_IT_IS = re.compile(
    r"(?:(?:yes|no|true|false|correct|incorrect|right|wrong)\b\W*)?"
    r"(?:(?:it|they|he|she|this|that|there|you|we|one) (?:is|are|was|were|does|do|did|has|have|had|can|could|may|must)"
    r"(?:n['’]?t| not|not)?\W*)?",
    re.IGNORECASE,
)
"""A bare yes or no in other words; as such it answers a question that begins with a verb."""
_ASKS_WHETHER = re.compile(
    r"\W*(?:is|are|was|were|does|do|did|has|have|had|can|could|may|must|will|would|should)\b", re.IGNORECASE
)


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Plain answers that are yes, no, true or false and hardly more, where no explanation follows."""
    for item in deck.kind(Kind.BASIC):
        question, answer = item.texts[0].plain, item.texts[1].plain
        if len(answer) >= _LONGEST or item.entry.explanation is not None:
            continue
        if _BARE.fullmatch(answer) or (answer and _ASKS_WHETHER.match(question) and _IT_IS.fullmatch(answer)):
            yield item.texts[1].report(
                CODE,
                f"the answer is only `{answer.strip()}`",
                "say why in the answer or in `explanation`, or ask what, which or why",
            )
