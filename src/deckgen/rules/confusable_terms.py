"""Two terms that look alike, with no entry that tells them apart.

Why: terms that differ in a letter or two interfere with each other until one card puts them side by side.

Bad:

    # glossary.yaml
    hyperkalemia: {class: disorder}
    hypokalemia: {class: disorder}
    # topic.yaml
    facts:
      - id: u-waves
        fact: The U wave of the electrocardiogram points to {{c1::hypokalemia}}.
      - id: peaked
        fact: Peaked T waves of the electrocardiogram point to {{c1::hyperkalemia}}.

Good:

    # glossary.yaml
    hyperkalemia: {class: disorder}
    hypokalemia: {class: disorder}
    # topic.yaml
    facts:
      - id: waves
        fact: Peaked T waves point to {{c1::hyperkalemia}}, U waves to {{c2::hypokalemia}}.

False alarms: none in 521 good entries, nor in a deck with a glossary of 220 terms; but those hold too few like terms to
judge by, so it is off by default.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from deckgen.bank import Term
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import Item, LintedDeck, class_of

CODE = "confusable-terms"
SEVERITY = Severity.WARNING
DEFAULT = "off"
_OPPOSITES = (("hyper", "hypo"), ("intra", "inter"), ("macro", "micro"), ("anti", "ante"), ("super", "supra"))
_FEWEST_LETTERS = 4


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Glossary terms of one class that differ by one letter, or by hyper and hypo and the like."""
    source = deck.bank.glossary_source
    if source is None:
        return
    for first, second in _pairs(deck.bank.glossary):
        one, two = _users(deck, first), _users(deck, second)
        if not one or not two or one.keys() & two.keys():
            continue
        name = second.name
        yield Diagnostic(
            CODE,
            Severity.WARNING,
            f"`{name.value}` and `{first.name.value}` look alike, and no entry tells them apart",
            source.span(name.start, name.end),
            (
                next(iter(one.values())).label(f"`{first.name.value}` is taught here"),
                next(iter(two.values())).label(f"`{name.value}` is taught here"),
            ),
            "add an entry that holds both, such as a table of their differences",
        )


def _users(deck: LintedDeck, term: Term) -> dict[str, Item]:
    return {text.item.id: text.item for text in deck.having(term.name.value) if text.key != "explanation"}


def _pairs(glossary: Iterable[Term]) -> Iterator[tuple[Term, Term]]:
    """Pairs of like terms, found by what is left of a name without one of its letters."""
    keys: dict[tuple[str, str], list[Term]] = {}
    for term in glossary:
        name, kind = term.name.value.casefold(), class_of(term)
        if sum(letter.isalpha() for letter in name) < _FEWEST_LETTERS:
            continue
        for variant in {f"{name[:at]}\x00{name[at + 1 :]}" for at in range(len(name))}:
            keys.setdefault((kind, variant), []).append(term)
        for one, other in _OPPOSITES:
            if name.startswith((one, other)):
                stem = name.removeprefix(one) if name.startswith(one) else name.removeprefix(other)
                keys.setdefault((kind, f"{one}\x00{stem}"), []).append(term)
    seen: set[tuple[str, str]] = set()
    for terms in keys.values():
        for first, second in itertools.pairwise(terms):
            pair = (first.name.value, second.name.value)
            if first is not second and pair not in seen:
                seen.add(pair)
                yield first, second
