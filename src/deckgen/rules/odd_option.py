"""A right option that stands out by its form.

Why: the one option with a full stop, a small first letter or a number among words is chosen by its look.

Bad:

    questions:
      - id: gold
        question: What is the chemical symbol of gold derived from?
        answer: the Latin word aurum.
        distractors: [The Greek word chrysos, The Arabic word dhahab, The German word Gold]

Good:

    questions:
      - id: gold
        question: What is the chemical symbol of gold derived from?
        answer: The Latin word aurum
        distractors: [The Greek word chrysos, The Arabic word dhahab, The German word Gold]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "odd-option"
SEVERITY = Severity.WARNING
SCOPE = "file"
_WORDED = re.compile(r"[a-z]{2}")


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Right options that alone end with a mark, begin with a small letter, or are or are not a number."""
    for item in deck.kind(Kind.CHOICE):
        answer = item.texts[1].plain.strip()
        others = [text.plain.strip() for text in item.texts if text.key == "distractors"]
        for has, lacks, form in _FORMS:
            mine, theirs = form(answer), {form(other) for other in others}
            if theirs == {not mine}:
                message = f"the right option alone {has if mine else lacks}"
                yield item.texts[1].report(CODE, message, "give all options the same form")
                break


def _ends(text: str) -> bool:
    return text.endswith(".") and not text.endswith("..")


def _small(text: str) -> bool:
    return bool(_WORDED.match(text))


def _number(text: str) -> bool:
    return text[:1].isdigit()


_FORMS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("ends with a full stop", "ends without a full stop", _ends),
    ("begins with a small letter", "begins with a capital", _small),
    ("is a number", "is no number", _number),
)
