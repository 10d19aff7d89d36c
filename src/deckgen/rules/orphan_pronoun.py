"""A text that begins with a pronoun for something said elsewhere.

Why: cards are shown alone and in any order. "It binds the receptor" does not say what does.

Bad:

    facts:
      - id: heart-rate
        fact: It beats about {{c1::70}} times a minute at rest.

Good:

    facts:
      - id: heart-rate
        fact: The heart beats about {{c1::70}} times a minute at rest.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "orphan-pronoun"
SEVERITY = Severity.WARNING
SCOPE = "file"
_ORPHAN = re.compile(r"(?:It|They|He|She|This|These|Those|Its|Their|His|Her)(?= [a-z])")
_NO_ORPHAN = re.compile(
    r"It (?:is|was|takes?|took|seems?|appears?|follows|remains|costs?|helps|pays|would|may|can|has been)\b.*?"
    r"\b(?:that|to|whether|who|which|how|if|for)\b"
    r"|(?:This|These|It) (?:is|are|was|were)\b[^.]{0,80}\b(?:who|that|which)\b"
    r"|(?:This|These|Those|He|She|They)\b[^.]{0,60}:\s|(?:He|She|They|Those) who\b"
)
"""An `it` that stands for nothing, and pronouns that point ahead."""


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Facts and questions that begin with it, they, this, these, its, their and the like."""
    for item in deck.items:
        text = item.front
        match = _ORPHAN.match(text.prose)
        if match is not None and not _NO_ORPHAN.match(text.prose):
            message = f"nothing on this card says what `{match[0]}` is"
            yield text.report(CODE, message, "name the thing itself", 0, len(match[0]))
