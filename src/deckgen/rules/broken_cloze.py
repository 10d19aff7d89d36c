"""Something in a fact that was meant as a cloze deletion and is none.

Why: Anki knows `{{c1::text}}` alone. Anything else is shown as it stands, and the fact is asked in another way than
you meant.

Bad:

    facts:
      - id: boiling
        fact: "At sea level water boils at {c1::100 °C} in an open pot."

Good:

    facts:
      - id: boiling
        fact: At sea level water boils at {{c1::100 °C}} in an open pot.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "broken-cloze"
SEVERITY = Severity.WARNING
SCOPE = "file"
_BROKEN = re.compile(
    r"(?<!\{)\{c\d+::?|\{\{c\d+:(?!:)|\{\{c\d*(?=[^\d:}\s])|\{\{\d+::|\{\{c::|\[\[?c\d+::|\(\(c\d+::|\{\{\{c\d+::",
    re.IGNORECASE,
)


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Marks such as `{c1::`, `{{c1:`, `{{1::`, `{{c::` and `[[c1::`."""
    for text in deck.having("{", "[[", "[c", "((c"):
        if text.key != "fact":
            continue
        match = _BROKEN.search(text.prose)
        if match is not None:
            message = f"`{match[0]}` does not begin a cloze deletion"
            yield text.report(CODE, message, "write {{c1::text}} or {{c1::text::hint}}", match.start(), match.end())
