"""A unit in an odd spelling, or without its number.

Why: mcg has been read as mg, and cc as 00; both have done harm. A unit that stands alone has lost its number.

Bad:

    facts:
      - id: levothyroxine
        fact: A usual first dose of {{c1::levothyroxine}} is 50 mcg a day.

Good:

    facts:
      - id: levothyroxine
        fact: A usual first dose of {{c1::levothyroxine}} is 50 µg a day.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Edit, Fix, Severity
from deckgen.linted import LintedDeck

CODE = "unit-style"
SEVERITY = Severity.WARNING
_BETTER = {
    "mcg": "µg",
    "ug": "µg",
    "gm": "g",
    "gms": "g",
    "mgs": "mg",
    "kgs": "kg",
    "Kg": "kg",
    "KG": "kg",
    "Kgs": "kg",
    "mls": "mL",
    "cc": "mL",
    "hrs": "h",
    "secs": "s",
    "kms": "km",
    "Km": "km",
    "cms": "cm",
    "Mhz": "MHz",
    "Khz": "kHz",
    "KHz": "kHz",
}
_ODD = re.compile(
    rf"(?<=\d)(?P<gap>[ \u00a0\u202f-]?)(?P<unit>{'|'.join(sorted(_BETTER, key=len, reverse=True))})(?![\w])"
)
_ALONE = re.compile(r"\b(?:of|at|than|least|most|about|over|under|only) (?P<unit>mg|kg|µg|mL|mmHg|kPa|mmol)(?![\w/])")


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Odd units behind a number, and units behind a word that wants a number."""
    used = {unit for word in deck.words if (unit := word.lstrip("0123456789.-")) in _BETTER}
    for text in deck.having(*used):
        for match in _ODD.finditer(text.prose):
            better = _BETTER[match["unit"]]
            span = text.span(*match.span("unit"))
            fix = Fix((Edit(span, better),), f"write `{better}`", safe=False) if span.text == match["unit"] else None
            message = f"`{match['unit']}` is an odd spelling of a unit"
            yield text.report(CODE, message, f"write `{better}`", *match.span("unit"), fix=fix)
    for text in deck.having(" mg", " kg", " µg", " mL", " mmHg", " kPa", " mmol"):
        for match in _ALONE.finditer(text.prose):
            message = f"the unit `{match['unit']}` has no number"
            yield text.report(CODE, message, "write the number before it", *match.span("unit"))
