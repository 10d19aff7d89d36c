"""One word in unlike Unicode forms, or with a letter from another script.

Why: they look the same and are not equal, so that search, glossary and typed answers miss one of them.

Bad:

    facts:
      - id: fibula
        fact: The \ufb01bula stands beside the {{c1::tibia}}.

Good:

    facts:
      - id: fibula
        fact: The fibula stands beside the {{c1::tibia}}.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Edit, Fix, Severity
from deckgen.linted import LintedDeck, Text
from deckgen.rules.registry import Trace
from deckgen.rules.words import quoted

CODE = "unlike-unicode"
SEVERITY = Severity.WARNING
_ODD = re.compile(
    r"[\ufb00-\ufb06]|(?<=\w)[\u00ad\u200b\u2060\ufeff](?=\w)|(?<![\u2e80-\uffff])[\uff21-\uff3a\uff41-\uff5a]"
)
_ANY_ODD = re.compile(r"[\ufb00-\ufb06\u00ad\u200b\u2060\ufeff\uff21-\uff3a\uff41-\uff5a]")
_ANY_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
"""What must be there for the slower patterns to find anything."""
_CYRILLIC = re.compile(r"(?=\w*[A-Za-z])(?=\w*[\u0400-\u04ff])\w+")
_TURNED = re.compile("[\u202d\u202e]")
"""Overrides of direction, by which a text can read otherwise than it is. Arabic and Hebrew need none."""
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_UNIT = re.compile(r"(?<![^\W\d])[\u00b5\u03bc](?=(?:g|L|l|m|mol|M|s|A|V|F)\b)")
_MICRO = ("\u00b5", "\u03bc")


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Odd letters, unseen characters, overrides of direction, words of two alphabets, and two signs for micro."""
    yield from alone(deck)
    yield from across(deck)


def alone(deck: LintedDeck) -> Iterator[Diagnostic]:
    """All but the two signs for micro."""
    for text in _not_ascii(deck):
        yield from _characters(text)


def traces(deck: LintedDeck) -> Iterator[Trace]:
    """Which sign for micro each entry writes before a unit."""
    if any(sign in deck.corpus for sign in _MICRO):
        yield from (("", match[0], text.item) for text, _, match in deck.matches(_UNIT))


def _not_ascii(deck: LintedDeck) -> Iterator[Text]:
    return (text for text in deck.texts if not text.node.value.isascii())


def _characters(text: Text) -> Iterator[Diagnostic]:
    for match in _ODD.finditer(text.node.value) if _ANY_ODD.search(text.node.value) else ():
        better = "" if match[0] in _UNSEEN else unicodedata.normalize("NFKC", match[0])
        span = text.written(*match.span())
        looks = quoted(better) if better else "nothing"
        advice = f"write {looks}" if better else "delete it"
        message = f"U+{ord(match[0]):04X} looks like {looks} and is not equal to it"
        fix = Fix((Edit(span, better),), advice, safe=False) if span.text == match[0] else None
        yield Diagnostic(CODE, Severity.WARNING, message, span, (), advice, fix, text.item.id)
    for match in _TURNED.finditer(text.node.value):
        span = text.written(*match.span())
        fix = Fix((Edit(span, ""),), "delete it", safe=False) if span.text == match[0] else None
        message = f"U+{ord(match[0]):04X} turns round how all behind it is shown"
        yield Diagnostic(CODE, Severity.WARNING, message, span, (), "delete it", fix, text.item.id)
    for match in _CYRILLIC.finditer(text.prose) if _ANY_CYRILLIC.search(text.prose) else ():
        message = f"{quoted(match[0])} mixes Latin and Cyrillic letters"
        yield text.report(CODE, message, "type the word anew in one alphabet", *match.span())


def across(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Where a deck writes micro with both of its characters: the rarer one, before a unit."""
    if not all(sign in deck.corpus for sign in _MICRO):
        return
    found = list(deck.matches(_UNIT))
    counts = Counter(match[0] for _, _, match in found)
    if len(counts) < 2:
        return
    rare = min(_MICRO, key=lambda sign: counts[sign])
    common = _MICRO[0] if rare == _MICRO[1] else _MICRO[1]
    for text, at, match in found:
        if match[0] == rare:
            span = text.span(at, at + 1)
            fix = Fix((Edit(span, common),), f"write U+{ord(common):04X}") if span.text == rare else None
            message = f"U+{ord(rare):04X} stands here, elsewhere U+{ord(common):04X}; both look like {quoted(common)}"
            yield text.report(CODE, message, "use one of them in the whole deck", at, at + 1, fix=fix)
