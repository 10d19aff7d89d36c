"""A stem whose article gives the answer away.

Why: after "an" only options that begin with a vowel can be right.

Bad:

    questions:
      - id: eagle
        question: A bird of prey with a white head and tail is an
        answer: Eagle
        distractors: [Falcon, Hawk, Vulture]

Good:

    questions:
      - id: eagle
        question: Which bird of prey has a white head and tail?
        answer: Eagle
        distractors: [Falcon, Hawk, Vulture]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "article-hint"
SEVERITY = Severity.WARNING
SCOPE = "file"
_ENDS = re.compile(r"\b(an?)[\s:.…_?]*$", re.IGNORECASE)
_VOWEL = re.compile(r"[aeio]|u(?!ni|se|ra|ro)|h(?:our|on|eir)", re.IGNORECASE)


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Choices whose stem ends with `a` or `an`, which not every option fits."""
    for item in deck.kind(Kind.CHOICE):
        question = item.texts[0]
        match = _ENDS.search(question.prose)
        if match is None or match[1] == "A":
            continue
        fits = [bool(_VOWEL.match(text.plain)) for text in item.texts if text.key in ("answer", "distractors")]
        if len(set(fits)) == 2:
            advice = "end the stem before the article and give each option its own, or ask a question"
            yield question.report(
                CODE, f"the article `{match[1]}` rules options out", advice, match.start(1), match.end(1)
            )
