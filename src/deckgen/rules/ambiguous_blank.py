"""A blank that another entry fills with another answer.

Why: two right answers and only one that counts. The learner who gives the other one has done nothing wrong, and soon
knows the card by its look instead of its content.

Bad:

    facts:
      - id: type-two-a
        fact: The type II receptor binds {{c1::IL-4}}.
      - id: type-two-b
        fact: The type II receptor binds {{c1::IL-13}}.

Good:

    facts:
      - id: type-two
        fact: The type II receptor binds both {{c1::IL-4}} and {{c2::IL-13}}.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import Item, LintedDeck
from deckgen.lock import Answer
from deckgen.rules.registry import Trace
from deckgen.rules.words import quoted

CODE = "ambiguous-blank"
SEVERITY = Severity.WARNING
_SHORTEST = 8
_EDGES = re.compile(r"[\W_]+")


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Facts that are equal but for the text of one blank."""
    frames: dict[str, tuple[Item, Answer]] = {}
    for item, blank, frame in _frames(deck):
        other, earlier = frames.setdefault(frame, (item, blank))
        if other is item or _same(blank, earlier):
            continue
        at = int(blank.places[0])
        yield item.front.report(
            CODE,
            f"{quoted(blank.texts[0])} and {quoted(earlier.texts[0])} both fit here",
            "join the two facts, or say what sets this one apart",
            at,
            at + len(blank.texts[0]),
            (other.label(f"here the answer is {quoted(earlier.texts[0])}"),),
        )


def traces(deck: LintedDeck) -> Iterator[Trace]:
    """What is left of each fact beside each of its blanks."""
    return ((frame, item.id, item) for item, _, frame in _frames(deck))


def _frames(deck: LintedDeck) -> Iterator[tuple[Item, Answer, str]]:
    for item in deck.kind(Kind.FACT):
        text = item.front.plain
        for blank in item.blanks:
            frame = text
            for part, at in list(zip(blank.texts, blank.places, strict=False))[::-1]:
                frame = f"{frame[: int(at)]}\x00{frame[int(at) + len(part) :]}"
            if len(frame) >= _SHORTEST:
                yield item, blank, frame


def _same(one: Answer, other: Answer) -> bool:
    return _EDGES.sub("", one.texts[0]).casefold() == _EDGES.sub("", other.texts[0]).casefold()
