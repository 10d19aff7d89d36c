"""A unit in an odd spelling, in two spellings, or without its number.

Why: cc has been read as 00 and has done harm, and a home-made abbreviation makes every reader stop. Both mcg and µg
are in use, each with its reasons, so a deck may choose; where it writes both, the rarer is reported, since to a learner
they are two units until told otherwise. A unit that stands alone has lost its number.

Bad:

    facts:
      - id: levothyroxine
        fact: A usual first dose of {{c1::levothyroxine}} is 50 ug a day.

Good:

    facts:
      - id: levothyroxine
        fact: A usual first dose of {{c1::levothyroxine}} is 50 µg a day.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Edit, Fix, Severity
from deckgen.linted import LintedDeck, Text
from deckgen.rules.registry import Trace
from deckgen.rules.words import Memo

CODE = "unit-style"
SEVERITY = Severity.WARNING
_BETTER = {
    "ug": "µg",
    "gm": "g",
    "gms": "g",
    "grs": "g",
    "mgs": "mg",
    "mgm": "mg",
    "kgs": "kg",
    "Kg": "kg",
    "KG": "kg",
    "Kgs": "kg",
    "mls": "mL",
    "cc": "mL",
    "ccs": "mL",
    "hrs": "h",
    "secs": "s",
    "kms": "km",
    "Km": "km",
    "Kms": "km",
    "cms": "cm",
    "mms": "mm",
    "hz": "Hz",
    "Mhz": "MHz",
    "Ghz": "GHz",
    "Khz": "kHz",
    "KHz": "kHz",
    "Kcal": "kcal",
    "KCal": "kcal",
    "kpa": "kPa",
    "Kpa": "kPa",
    "KPa": "kPa",
    "mmhg": "mmHg",
    "MmHg": "mmHg",
    "Kwh": "kWh",
    "KWh": "kWh",
    "kwh": "kWh",
}
_ODD_UNITS = Memo(lambda word: unit if (unit := word.lstrip("0123456789.-")) in _BETTER else "")
"""The odd unit that a word is, perhaps with a number before it."""
_MICROGRAM = ("mcg", "µg", "μg")
_AFTER_NUMBER = r"(?<=\d)[ \u00a0\u202f-]?"
_ODD = re.compile(rf"{_AFTER_NUMBER}(?P<unit>{'|'.join(sorted(_BETTER, key=len, reverse=True))})(?![\w])")
_MICRO = re.compile(rf"{_AFTER_NUMBER}(?P<unit>{'|'.join(_MICROGRAM)})(?![\w])")
_UNIT = "mg|kg|mcg|µg|μg|mL|mmHg|kPa|mmol"
_ALONE = re.compile(
    rf"\b(?:of|at|than|least|most|about|over|under|only|every|is|was) (?P<unit>{_UNIT})(?![\w/])"
    r"(?! (?:is|are|stands|means)\b)"
)
_UNITS = Memo(lambda word: match[0] if (match := re.match(rf"(?:{_UNIT})(?!\w)", word)) else "")
"""The unit that stands alone at the beginning of a word, perhaps before a hyphen."""
_BARE = re.compile(rf"(?<![\d \u00a0\u202f/-])[ ](?:{_UNIT}|g|L)(?![\w/])")
_OF_UNITS = re.compile(
    r"\b(?:units?|abbreviat\w*|symbols?|spel[lt]\w*|misread|read as|writ\w+|prescri\w+|label\w*|express\w*|measured)\b",
    re.IGNORECASE,
)
"""Words of a text that speaks of units themselves."""
_VOLUME = re.compile(
    r"\b(?:engines?|motor\w*|mopeds?|scooters?|cylinders?|bikes?|displacement|cubic cent\w*)\b|\d ?mL\b", re.IGNORECASE
)
"""Texts in which cc is the usual word, or which say what it is."""


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Odd units behind a number, two spellings of microgram, and units behind a word that wants a number."""
    yield from alone(deck)
    yield from across(deck)


def alone(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Odd units, and units without a number."""
    used = set(filter(None, map(_ODD_UNITS.__getitem__, deck.words)))
    for text in deck.having(*used):
        for match in _ODD.finditer(text.prose):
            better = _BETTER[match["unit"]]
            if better != "mL" or not _VOLUME.search(text.prose):
                message = f"`{match['unit']}` is an odd spelling of a unit"
                yield _report(text, match, better, message)
    found = set(filter(None, map(_UNITS.__getitem__, deck.words)))
    for text in deck.having(*(f" {unit}" for unit in found)):
        alone = _ALONE.search(text.prose)
        if alone is not None and len(_BARE.findall(text.prose)) < 2 and not _OF_UNITS.search(text.prose):
            message = f"the unit `{alone['unit']}` has no number"
            yield text.report(CODE, message, "write the number before it", *alone.span("unit"))


def traces(deck: LintedDeck) -> Iterator[Trace]:
    """How each entry writes microgram."""
    return (("", str(match["unit"] == "mcg"), text.item) for text, match in _micrograms(deck))


def _micrograms(deck: LintedDeck) -> Iterator[tuple[Text, re.Match[str]]]:
    return ((text, match) for text in deck.having(*_MICROGRAM) for match in _MICRO.finditer(text.prose))


def across(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Where a deck writes both `mcg` and `µg`: the rarer one, but not in a text that has both."""
    found = list(_micrograms(deck))
    counts = Counter(match["unit"] == "mcg" for _, match in found)
    if len(counts) < 2:
        return
    rare = counts[True] <= counts[False]
    better = next(match["unit"] for _, match in found if (match["unit"] == "mcg") is not rare)
    for text, match in found:
        if (match["unit"] == "mcg") is rare and better not in text.prose:
            yield _report(text, match, better, f"`{match['unit']}` is written `{better}` elsewhere in this deck")


def _report(text: Text, match: re.Match[str], better: str, message: str) -> Diagnostic:
    span = text.span(*match.span("unit"))
    fix = Fix((Edit(span, better),), f"write `{better}`", safe=False) if span.text == match["unit"] else None
    return text.report(CODE, message, f"write `{better}`", *match.span("unit"), fix=fix)
