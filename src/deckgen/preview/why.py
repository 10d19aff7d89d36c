"""Why the generator hides what it hides in an automatic fact, and what else it thought of."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from deckgen.bank import Bank, Entry, Fact
from deckgen.cloze import Candidate, Choice, Engine, Reason
from deckgen.composing import MANY
from deckgen.deckbuild import cloze_context
from deckgen.facts import Steering
from deckgen.markup import render
from deckgen.note import Note
from deckgen.parts import steering_of, unbreakable
from deckgen.workers import processors, spread

_PORTION = 100
"""Entries that a worker explains at a time."""
_MOST_OTHERS = 8
_MOST_REASONS = 6
KEPT = "hidden since an earlier build, and kept so that learners keep their progress"
ASKED = "its author asks for it with `hide`"


@dataclass(frozen=True, slots=True)
class BlankView:
    """A blank of a note: its number, the hidden text and its hint, what spoke for it, or why it is there without."""

    number: int
    text: str
    hint: str
    reasons: tuple[tuple[str, float], ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class OtherView:
    """A text that was considered and is not hidden, and why not."""

    text: str
    why_not: str
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class WhyView:
    """All that the generator has to say about one fact."""

    blanks: tuple[BlankView, ...]
    others: tuple[OtherView, ...]


Known = MutableMapping[tuple[object, ...], Choice]
"""What the generator said before, by deck, text and what the author asks."""


class Explainer:
    """Asks the generator about the facts of one deck, except for what is ``known``."""

    def __init__(self, bank: Bank, known: Known | None = None) -> None:
        self.deck = bank.settings.id.value
        self.limit = bank.settings.cloze_limit
        self.engine = functools.cache(lambda: Engine(cloze_context(bank)))
        self.known = {} if known is None else known

    def why(self, entry: Entry, note: Note) -> WhyView | None:
        """What speaks for the blanks of a note; None for what deckgen did not choose."""
        body = entry.body
        if not isinstance(body, Fact) or body.by_hand:
            return None
        rich = render(body.text.value)
        steering = steering_of(body, self.limit)
        choice = self.choice(rich.text, unbreakable(rich), steering)
        reasons = {(b.start, b.end): b.reasons for b in choice.blanks}
        reasons |= {(c.start, c.end): c.reasons for c in choice.candidates if c.reasons}
        chosen = {(blank.start, blank.end) for blank in choice.blanks}
        blanks = tuple(_blanks(note, reasons, chosen, steering.hide))
        hidden = [
            (int(place), int(place) + len(text))
            for answer in note.record.answers
            for text, place in zip(answer.texts, answer.places, strict=False)
        ]
        return WhyView(blanks, tuple(_others(rich.text, choice.candidates, hidden)))

    def choice(self, text: str, atoms: tuple[tuple[int, int], ...], steering: Steering) -> Choice:
        """What the generator would choose today."""
        key = (self.deck, text, atoms, steering)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.engine().choose(
                text,
                atoms=atoms,
                hide=steering.hide,
                keep=steering.keep,
                hints=dict(steering.hints),
                limit=steering.limit,
                detailed=True,
            )
        return found


_Pairs = Sequence[tuple[Entry, Note]]


def explain(bank: Bank, pairs: _Pairs, known: Known | None = None) -> dict[str, WhyView]:
    """What speaks for the blanks of all notes whose blanks deckgen chose, by entry id.

    A large deck is shared out among the processors, unless answers are to be ``known`` next time.
    """
    explainer = Explainer(bank, known)
    chosen = [pair for pair in pairs if isinstance(pair[0].body, Fact) and not pair[0].body.by_hand]
    if known is not None or len(chosen) < MANY:
        return _explained(explainer, chosen)
    explainer.engine()  # once, before the workers are forked
    portions = [chosen[start : start + _PORTION] for start in range(0, len(chosen), _PORTION)]

    explained: dict[str, WhyView] = {}
    for made in spread(portions, lambda portion: _explained(explainer, portion), _to_json, processors()):
        explained |= _from_json(made) if isinstance(made, bytes) else made
    return explained


def _explained(explainer: Explainer, pairs: _Pairs) -> dict[str, WhyView]:
    found = ((entry.id.value, explainer.why(entry, note)) for entry, note in pairs)
    return {name: view for name, view in found if view is not None}


def _to_json(_: _Pairs, explained: dict[str, WhyView]) -> bytes:
    return json.dumps({name: astuple(view) for name, view in explained.items()}).encode()


def _from_json(data: bytes) -> dict[str, WhyView]:
    return {name: _view(*parts) for name, parts in json.loads(data).items()}


def _view(blanks: list[list[Any]], others: list[list[Any]]) -> WhyView:
    return WhyView(
        tuple(BlankView(n, text, hint, tuple(map(tuple, reasons)), said) for n, text, hint, reasons, said in blanks),
        tuple(OtherView(text, why_not, tuple(map(tuple, reasons))) for text, why_not, reasons in others),
    )


def _blanks(
    note: Note,
    reasons: dict[tuple[int, int], tuple[Reason, ...]],
    chosen: set[tuple[int, int]],
    asked: Iterable[str],
) -> Iterator[BlankView]:
    for answer in note.record.answers:
        for text, place in zip(answer.texts, answer.places, strict=False):
            span = (int(place), int(place) + len(text))
            said = ASKED if text in asked else "" if span in chosen else KEPT
            yield BlankView(answer.number, text, answer.hint or "", _weights(reasons.get(span, ())), said)


def _others(text: str, candidates: Iterable[Candidate], hidden: list[tuple[int, int]]) -> Iterator[OtherView]:
    left = _MOST_OTHERS
    for candidate in candidates:
        if any(candidate.start < end and start < candidate.end for start, end in hidden):
            continue
        why_not = candidate.why_not or "this fact already has its blanks"
        yield OtherView(text[candidate.start : candidate.end], why_not, _weights(candidate.reasons))
        left -= 1
        if not left:
            return


def _weights(reasons: Iterable[Reason]) -> tuple[tuple[str, float], ...]:
    ordered = sorted((reason for reason in reasons if reason.weight), key=lambda reason: -abs(reason.weight))[
        :_MOST_REASONS
    ]
    return tuple((reason.name, round(reason.weight, 2)) for reason in ordered)
