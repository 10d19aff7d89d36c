"""An answer that is too long to recall and to judge.

Why: a learner who must produce thirty words can never say whether the answer was right. Ask for less at a time.

Bad:

    questions:
      - id: why-sky-blue
        question: Why is the sky blue?
        answer: >-
          Sunlight is made of all colours, and when it enters the atmosphere it meets molecules that are much
          smaller than its wavelength, which scatter short wavelengths far more strongly than long ones, so that blue
          light reaches the eye from all over the sky while red light passes straight on.

Good:

    questions:
      - id: why-sky-blue
        question: Why is the sky blue?
        answer: Air molecules scatter short wavelengths the most.
        explanation: Scattering grows with the fourth power of the frequency, so blue comes from everywhere.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.words import count

CODE = "answer-too-long"
SEVERITY = Severity.WARNING
SCOPE = "file"
MOST_ANSWER = 30
MOST_BLANK = 14


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Plain answers of more than thirty words, blanks of more than fourteen."""
    for item in deck.items:
        if item.entry.kind is Kind.BASIC:
            answer = item.texts[1]
            if len(answer.plain) > 4 * MOST_ANSWER and "\n" not in answer.plain and deck.count(answer) > MOST_ANSWER:
                words = deck.count(answer)
                message = f"the answer has {words} words; more than {MOST_ANSWER} are hard to recall and to judge"
                yield answer.report(CODE, message, "ask for less, and move the rest to `explanation`")
        for blank in item.blanks:
            for part, at in zip(blank.texts, blank.places, strict=False):
                if len(part) > 4 * MOST_BLANK and isinstance(at, int) and count(part) > MOST_BLANK:
                    message = f"this blank hides {count(part)} words; more than {MOST_BLANK} are hard to recall"
                    yield item.front.report(
                        CODE, message, "hide less with `hide`, or ask a question", at, at + len(part)
                    )
