"""Two options of a choice that are both right or both wrong.

Why: options that say the same can be crossed out without knowing anything; a range inside another makes
two right answers.

Bad:

    questions:
      - id: heart
        question: How often does a resting adult heart beat in a minute?
        answer: 60 to 100
        distractors: [50 to 80, 110 to 150, 20 to 40]

Good:

    questions:
      - id: heart
        question: How often does a resting adult heart beat in a minute?
        answer: 60 to 100
        distractors: [110 to 150, 20 to 40, 160 to 200]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Label, Severity
from deckgen.linted import LintedDeck, Text
from deckgen.rules.words import quoted
from deckgen.succession import canonical

CODE = "overlapping-options"
SEVERITY = Severity.WARNING
SCOPE = "file"
_RANGE = re.compile(r"\D{0,3}(\d+(?:\.\d+)?)[^\d.]{0,4}\s*(?:-|–|to)\s*\D{0,3}(\d+(?:\.\d+)?)\s?([^\d]{0,20})")


_MOST_RANGES = 50


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Options of one meaning (also by the glossary), and ranges that share more than an end."""
    for item in deck.kind(Kind.CHOICE):
        options = [text for text in item.texts if text.key in ("answer", "distractors")]
        ranges = [_range(text.plain) for text in options]
        meanings = [_meaning(deck, text) for text in options]
        first = {meaning: at for at, meaning in reversed(list(enumerate(meanings)))}
        ranged = [at for at, known in enumerate(ranges) if known is not None][:_MOST_RANGES]
        for index, text in enumerate(options):
            others = [first[meanings[index]], *(ranged if ranges[index] is not None else ())]
            for earlier in (at for at in others if at < index):
                if meanings[index] == meanings[earlier] or _overlap(ranges[index], ranges[earlier]):
                    what = "says the same as" if meanings[index] == meanings[earlier] else "overlaps with"
                    yield text.report(
                        CODE,
                        f"the option {quoted(text.plain)} {what} {quoted(options[earlier].plain)}",
                        "replace one of them",
                        labels=(Label(options[earlier].span(), "the other option"),),
                    )
                    break


def _meaning(deck: LintedDeck, text: Text) -> str:
    if "![" in text.node.value:
        return text.node.value
    term = deck.terms.get(text.plain.strip().casefold())
    return canonical(term.name.value if term is not None else text.plain)


def _range(text: str) -> tuple[float, float, str] | None:
    match = _RANGE.fullmatch(text.strip()) if len(text) < 60 else None
    return None if match is None else (float(match[1]), float(match[2]), match[3].strip())


def _overlap(one: tuple[float, float, str] | None, other: tuple[float, float, str] | None) -> bool:
    if one is None or other is None or one[2] != other[2]:
        return False
    return one[0] < other[1] and other[0] < one[1]
