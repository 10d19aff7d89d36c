"""An abbreviation that is nowhere spelt out.

Why: cards come one by one, long after the page on which a book would have explained it.

Bad:

    facts:
      - id: sglt
        fact: SGLT takes up glucose again in the {{c1::kidney}}.

Good:

    facts:
      - id: sglt
        fact: The sodium-glucose linked transporter (SGLT) takes up glucose again in the {{c1::kidney}}.

False alarms: 3 in 521 good entries of ten subjects, all of them names of technology (IEEE, SOLID, YAML); so it is off
by default. Switch it on in a deck whose readers should know no abbreviation beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import WORD, LintedDeck

CODE = "unknown-abbreviation"
SEVERITY = Severity.WARNING
DEFAULT = "off"
_ABBREVIATION = re.compile(r"[A-Z]{3,6}s?")
_ROMAN = re.compile(r"[IVXLCDM]+")
_COMMON = frozenset(
    """DNA RNA ATP ADP AMP USA NATO NASA AIDS HIV WHO UNESCO UNICEF OPEC ISO HTML HTTP HTTPS URL CSS XML JSON SQL
    CPU GPU RAM ROM USB PDF API BBC CIA FBI KGB CEO GDP LED LCD GPS PIN SIM ASCII UTF TCP UDP IQ OK AM PM BC AD
    BCE CE NOT AND OR XOR NAND NOR TRUE FALSE NULL NONE SELECT FROM WHERE JOIN INSERT UPDATE DELETE GROUP ORDER
    BY HAVING MRI CT ECG PCR UV IR NADH NADPH NAD FAD COVID SARS EU UK UN US SI PH KO NBA FIFA UEFA IMF WTO EEG
    BMI""".split()  # noqa: SIM905
)
"""Abbreviations that are better known than what they stand for, and words of programming."""


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Words of three to six capitals that no glossary term, parenthesis or answer explains; each once."""
    for word in deck.words:
        if not _ABBREVIATION.fullmatch(word) or word in _COMMON or _ROMAN.fullmatch(word):
            continue
        bare = word.removesuffix("s")
        if bare in _COMMON or bare.casefold() in deck.terms or _explained(deck, bare):
            continue
        text, at = next(deck.holding(word), (None, 0))
        if text is not None:
            uses = f", and is used {deck.words[word]} times" if deck.words[word] > 1 else ""
            advice = "write it out once, or add it to glossary.yaml with its `expansion`"
            yield text.report(CODE, f"`{word}` is spelt out nowhere in this deck{uses}", advice, at, at + len(word))


def _explained(deck: LintedDeck, word: str) -> bool:
    """Whether some text spells the word out, or teaches it."""
    if any(word in name.value for term in deck.bank.glossary for name in (term.name, *term.aliases)):
        return True
    for text in deck.having(word):
        plain = text.prose
        if f"({word}" in plain or f"{word} (" in plain or f"{word}s (" in plain or f"{word})" in plain:
            return True
        if text.key in ("answer", "distractors", "steps", "rows", "columns") and len(plain) < 30:
            return True
        if any(f"{word}{mark}" in plain for mark in (" stand", " mean", " is short for", ", ", " is ")):
            return True
        if any(word in blank.texts for blank in text.item.blanks):
            return True
        initials = "".join(part[0] for part in WORD.findall(plain) if part != word).casefold()
        if word.casefold() in initials:
            return True
    return False
