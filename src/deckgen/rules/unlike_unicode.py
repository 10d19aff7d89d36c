"""One word in unlike Unicode forms, or with a letter from another script.

Why: they look the same and are not equal, so that search, glossary and typed answers miss one of them.

Bad:

    facts:
      - id: cafe
        fact: The Cafe\u0301 de Flore stands in {{c1::Paris}}.

Good:

    facts:
      - id: cafe
        fact: The Café de Flore stands in {{c1::Paris}}.

False alarms: @COUNT@
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Edit, Fix, Severity
from deckgen.linted import LintedDeck, Text
from deckgen.rules.words import quoted

CODE = "unlike-unicode"
SEVERITY = Severity.WARNING
_ODD = re.compile(
    r"(?P<mark>[^\W\d_][\u0300-\u036f]+)|(?P<ligature>[\ufb00-\ufb06])|(?P<sign>[\u2126\u212a\u212b])"
    r"|(?P<unseen>(?<=\w)[\u00ad\u200b\u2060\ufeff](?=\w))|(?P<wide>[\uff21-\uff3a\uff41-\uff5a])"
)
_CYRILLIC = re.compile(r"(?=\w*[A-Za-z])(?=\w*[\u0400-\u04ff])\w+")
_MICRO = ("\u00b5", "\u03bc")


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Letters with loose accents, ligatures, look-alike signs and scripts, unseen characters, two signs for micro."""
    if deck.corpus.isascii():
        return
    for text in _not_ascii(deck):
        yield from _characters(text)
    yield from _micro(deck)


def _not_ascii(deck: LintedDeck) -> Iterator[Text]:
    return (text for text in deck.texts if not text.prose.isascii())


def _characters(text: Text) -> Iterator[Diagnostic]:
    for match in _ODD.finditer(text.prose):
        better = unicodedata.normalize("NFC" if match["mark"] else "NFKC", match[0])
        if match["unseen"]:
            better = ""
        if better == match[0] or (match["mark"] and len(better) > 1):
            continue
        span = text.span(*match.span())
        fix = Fix(
            (Edit(span, better),), f"write U+{ord(better):04X}" if better else "delete it", safe=bool(match["mark"])
        )
        names = " ".join(f"U+{ord(letter):04X}" for letter in match[0])
        yield text.report(
            CODE,
            f"{names} looks like {'nothing' if not better else quoted(better)} and is not equal to it",
            "delete it" if not better else f"write {quoted(better)} (U+{ord(better[0]):04X})",
            *match.span(),
            fix=fix if span.text == match[0] else None,
        )
    for match in _CYRILLIC.finditer(text.prose):
        message = f"{quoted(match[0])} mixes Latin and Cyrillic letters"
        yield text.report(CODE, message, "type the word anew in one alphabet", *match.span())


def _micro(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Where a deck writes micro with both of its characters: the rarer one, before a unit."""
    unit = re.compile(r"(?<![^\W\d])[\u00b5\u03bc](?=(?:g|L|l|m|mol|M|s|A|V|F)\b)")
    found = list(deck.matches(unit))
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
