"""Straight and typographic quotes in one text.

Why: it looks careless, and search finds only one of the two.

Bad:

    facts:
      - id: newton-law
        fact: Newton's third law says that a body’s action meets an equal {{c1::reaction}}.

Good:

    facts:
      - id: newton-law
        fact: Newton's third law says that a body's action meets an equal {{c1::reaction}}.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "mixed-quotes"
SEVERITY = Severity.WARNING
SCOPE = "file"
_PAIRS = (("'", "’‘"), ('"', "“”„"))
_PRIME = re.compile(r"\d['\"]|['\"]{2}|[A-Za-z0-9]'(?![a-z])")
"""Feet, minutes and the primes of 5' and f' are no quotes."""


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Texts that hold both a straight quote or apostrophe and a typographic one."""
    for straight, curly in _PAIRS:
        for text in deck.having(*curly):
            prose = _PRIME.sub("  ", text.prose)
            marks = [at for at, letter in enumerate(prose) if letter in curly]
            plain = [at for at, letter in enumerate(prose) if letter == straight]
            if marks and plain:
                at = (marks if len(marks) <= len(plain) else plain)[0]
                other = straight if prose[at] in curly else curly[0]
                message = f"`{prose[at]}` stands beside `{other}` in one text"
                yield text.report(CODE, message, "use one kind in the whole deck", at, at + 1)
