"""Cloze marks in a text that is no fact.

Why: only facts have blanks. Elsewhere the braces are shown to the learner as they stand.

Bad:

    questions:
      - id: boiling
        question: "At sea level water boils at {{c1::100}} °C. True?"
        answer: Yes, by the definition of the Celsius scale.

Good:

    facts:
      - id: boiling
        fact: At sea level water boils at {{c1::100 °C}}.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "cloze-outside-fact"
SEVERITY = Severity.WARNING
SCOPE = "file"
_MARK = re.compile(r"\{\{[cC]\d")


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Texts other than facts that hold `{{c1` and the like outside code."""
    for text in deck.having("{{c", "{{C"):
        match = _MARK.search(text.prose)
        if text.key != "fact" and match is not None:
            advice = "write it as a `fact`, or take the marks out"
            yield text.report(CODE, f"`{match[0]}` is shown as it stands here", advice, match.start(), match.end())
