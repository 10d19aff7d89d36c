"""A choice whose right option is the longest by far.

Why: writers make the right option complete and the wrong ones short; test-wise learners pick the
longest without reading.

Bad:

    questions:
      - id: photosynthesis
        question: What does photosynthesis make?
        answer: Sugar and oxygen, from carbon dioxide and water, with the energy of light
        distractors: [Water, Nitrogen, Starch only]

Good:

    questions:
      - id: photosynthesis
        question: What does photosynthesis make?
        answer: Sugar and oxygen
        distractors: [Water and nitrogen, Carbon dioxide and water, Starch and ammonia]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "longest-answer"
SEVERITY = Severity.WARNING
SCOPE = "file"
FACTOR = 1.7
FEWEST_CHARACTERS = 20


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Right options 1.7 times as long as the longest wrong one, and twenty characters longer."""
    for item in deck.kind(Kind.CHOICE):
        answer = item.texts[1]
        longest = max(len(text.plain) for text in item.texts if text.key == "distractors")
        if len(answer.plain) > FACTOR * longest and len(answer.plain) >= longest + FEWEST_CHARACTERS:
            yield answer.report(
                CODE,
                "the right option is the longest by far",
                "shorten it and move the rest to `explanation`, or make the wrong options as full",
            )
