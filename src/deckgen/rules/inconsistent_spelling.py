"""One name spelt in two ways.

Why: to a learner, IL-4Rα and IL4-Ra are two things until told otherwise; to search and to deckgen they always are.

Bad:

    facts:
      - id: alpha-chain
        fact: The alpha chain IL-4Rα is shared by {{c1::two}} receptors.
      - id: alpha-antibody
        fact: Dupilumab is an antibody against {{c1::IL4-Ra}}.

Good:

    facts:
      - id: alpha-chain
        fact: The alpha chain IL-4Rα is shared by {{c1::two}} receptors.
      - id: alpha-antibody
        fact: Dupilumab is an antibody against {{c1::IL-4Rα}}.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Edit, Fix, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.registry import Trace
from deckgen.rules.words import Memo, skeleton

CODE = "inconsistent-spelling"
SEVERITY = Severity.WARNING
_SYMBOL = re.compile(r"(?=[^\W\d])(?=.*(?:\d|[α-ω]|[A-Z].*[A-Z]))")
_FEWEST = 3


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Names with digits, Greek letters or several capitals that differ in hyphens, case or alphabet alone."""
    groups: dict[str, list[str]] = {}
    for word in deck.words:
        if _is_symbol(word):
            groups.setdefault(skeleton(word), []).append(word)
    names = {name.value for term in deck.bank.glossary for name in (term.name,)}
    for variants in groups.values():
        if len(variants) > 1:
            yield from _group(deck, sorted(variants), names)


def traces(deck: LintedDeck) -> Iterator[Trace]:
    """The names in each text, also before and behind an apostrophe."""
    wanted = set(itertools.compress(deck.words, map(_SYMBOLS.__getitem__, deck.words)))
    if wanted:
        for text, words in deck.words_by_text():
            for word in filter(wanted.__contains__, words):
                for part in _SYMBOLS[word]:
                    yield skeleton(part), part, text.item


def _is_symbol(word: str) -> bool:
    return len(word) >= _FEWEST and _SYMBOL.match(word) is not None


def _symbols(word: str) -> tuple[str, ...]:
    """The names in a word: itself, and what stands before, behind and between its apostrophes."""
    if not _SYMBOL.search(word):
        return ()
    ends = [place for place, letter in enumerate(word) if letter in "'’"]
    spans = itertools.product((-1, *ends), (*ends, len(word)))
    return tuple(part for start, end in spans if start < end and _is_symbol(part := word[start + 1 : end]))


_SYMBOLS = Memo(_symbols)


def _group(deck: LintedDeck, variants: list[str], names: set[str]) -> Iterator[Diagnostic]:
    known = [word for word in variants if word in names]
    best = known[0] if known else max(variants, key=lambda word: deck.words[word])
    for word in variants:
        if word == best or word in names or word[1:] == best[1:]:
            continue
        if word.isalpha() and best.isalpha() and word.isascii() and len(word) <= 3:
            continue  # CO and Co, PH and pH are different things
        example = next(deck.holding(best), None)
        labels = () if example is None else (example[0].item.label(f"`{best}` is used here", example[0]),)
        for text, at in deck.holding(word):
            span = text.span(at, at + len(word))
            fix = Fix((Edit(span, best),), f"write `{best}`", safe=False) if span.text == word else None
            yield text.report(
                CODE, f"`{word}` is also spelt `{best}`", f"write `{best}`", at, at + len(word), labels, fix
            )
