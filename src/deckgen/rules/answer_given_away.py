"""A front that shows its own answer.

Why: the learner reads the answer off the card and learns nothing; it may stand there as an alias, in the plural, or
inside an abbreviation that is spelt out next to it.

Bad:

    questions:
      - id: newton-unit
        question: Which unit, the newton, measures force?
        answer: Newton

Good:

    questions:
      - id: newton-unit
        question: Which unit measures force?
        answer: Newton

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import Item, LintedDeck
from deckgen.rules.words import key_of, places_of, quoted

CODE = "answer-given-away"
SEVERITY = Severity.WARNING
SCOPE = "file"
_STEM = 4
_NAMING = re.compile(
    r"\b(?:names?|called|known as|abbreviat\w*|acronym|stands? for"
    r"|spelt out|symbol|synonym|brand|formula|term)\b"
)
"""Questions about names, where another name of the answer is what is asked."""


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Answers whose words, or those of another name of theirs, stand on the front."""
    for item in deck.items:
        if item.entry.kind in (Kind.BASIC, Kind.CHOICE):
            yield from _question(deck, item)
        elif item.entry.kind is Kind.FACT:
            yield from _fact(deck, item)


def _names(deck: LintedDeck, answer: str) -> list[str]:
    term = deck.terms.get(answer.casefold())
    if term is None:
        return [answer]
    others = (term.name, *term.aliases, *((term.expansion,) if term.expansion else ()))
    return [answer, *(name.value for name in others)]


def _question(deck: LintedDeck, item: Item) -> Iterator[Diagnostic]:
    question, answer = item.texts[0], item.texts[1]
    low = question.prose.lower()
    plain = answer.prose.strip().rstrip(".")
    if " or " in low or ":" in low or len(plain) > 80:
        return
    names = [name for name in _names(deck, plain) if _first(name) in low]
    if _NAMING.search(low):
        names = [name for name in names if name == plain]
    for name in names:
        key = key_of(name)
        for start, end in places_of(key, question.prose) if key else ():
            what = "its own answer" if name == plain else f"the answer under another name, {quoted(name)}"
            advice = "reword the question without it"
            yield question.report(CODE, f"the question shows {what}", advice, start, end)
            return


def _first(name: str) -> str:
    """How the first telling word of a name begins: what must be in a text that holds the name in any form."""
    key = key_of(name)
    return key[0][:_STEM] if key else "\x00"


def _lead(key: tuple[str, ...]) -> str:
    """The first word of a key as it begins in singular and plural."""
    return key[0].removesuffix("y")


def _fact(deck: LintedDeck, item: Item) -> Iterator[Diagnostic]:
    front = item.front
    low = front.prose.lower()
    for blank in item.blanks:
        own = [(int(at), int(at) + len(part)) for part, at in zip(blank.texts, blank.places, strict=False)]
        for text in dict.fromkeys(blank.texts):
            for name in _names(deck, text):
                stem = name[:_STEM].lower() if name.isascii() and name.isalpha() else _first(name)
                count = low.count(stem)
                if (count < 2 and name is text) or count <= sum(low[start:end].count(stem) for start, end in own):
                    continue
                key = key_of(name)
                if not key or low.count(lead := _lead(key)) <= sum(low[start:end].count(lead) for start, end in own):
                    continue
                places = places_of(key, front.prose)
                shown = [place for place in places if not _inside(place, own)]
                if shown:
                    yield front.report(
                        CODE,
                        f"this shows the answer of the blank {quoted(text)}",
                        "hide it there too with the same number, or reword the fact",
                        *shown[0],
                    )
                    break


def _inside(place: tuple[int, int], places: list[tuple[int, int]]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in places)
