"""A question that asks two things at once. "And why?" does not count: an answer with its reason is one idea.

Why: a learner who knows one half must call the whole card wrong, and sees both halves again for the sake of one.

Bad:

    questions:
      - id: insulin
        question: Which organ makes insulin, and what does insulin do to blood glucose?
        answer: The pancreas; insulin lowers it

Good:

    questions:
      - id: insulin-organ
        question: Which organ makes insulin?
        answer: The pancreas
      - id: insulin-effect
        question: What does insulin do to blood glucose?
        answer: Insulin lowers it

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "several-questions"
SEVERITY = Severity.WARNING
SCOPE = "file"
_ASKS = "what|why|how|when|where|which|who|whose"
_SECOND = re.compile(
    rf"\b(?:{_ASKS})\b[^?]*(?:\?\s+(?:and\s+)?(?:{_ASKS})\b|,?\s+and\s+(?:what|how|when|where|who|whose)\b)",
    re.IGNORECASE,
)


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Plain questions with a second question word after a question mark or after `and`."""
    for item in deck.kind(Kind.BASIC):
        text = item.front
        match = _SECOND.search(text.prose) if " and " in text.prose or "? " in text.prose else None
        if match is not None:
            second = match[0].rstrip().rfind(" ")
            start = match.start() + second + 1
            yield text.report(
                CODE,
                "this question asks two things",
                "make it two entries, or a table whose columns are the things asked",
                start,
                match.end(),
            )
