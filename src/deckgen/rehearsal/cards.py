"""What the cards ask and answer before and after an import."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckgen.rehearsal.cardtext import Asked, asked, card_fault
from deckgen.rehearsal.report import Entry
from deckgen.succession import succeeds_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen.rehearsal.compare import Moment
    from deckgen.rehearsal.snapshot import CardState
    from deckgen.succession import Names

CHANGED_TAG = re.compile(r"(?:^|::)changed::[^:]+$", re.IGNORECASE)


def card_findings(moment: Moment) -> Iterator[tuple[str, Entry]]:
    """Error cards, new cards, and studied cards whose answer is another."""
    known = {card.guid for card in moment.before.cards.values()}
    for number, card in moment.after.cards.items():
        fault = card_fault(*moment.after.sides[number])
        before = _sides_before(moment, card)
        if fault:
            same = before is not None and card_fault(*before) == fault
            yield "errors-kept" if same else "error-cards", Entry(fault, card.guid, card.ordinal)
        if before is None:
            if card.guid in known:
                yield "cards-added", Entry("it starts as a new card", card.guid, card.ordinal)
        elif not fault and before != moment.after.sides[number] and not card_fault(*before):
            yield from _reading(moment, card, asked(*before), asked(*moment.after.sides[number]))


def _sides_before(moment: Moment, card: CardState) -> tuple[str, str] | None:
    """The card as the learner last saw it; without the learner's own edits where the import took them back."""
    kept = moment.before.notes.get(card.guid) == moment.after.notes.get(card.guid)
    return (moment.before if kept else moment.studied).sides.get(card.id)


def _reading(moment: Moment, card: CardState, before: Asked, after: Asked) -> Iterator[tuple[str, Entry]]:
    if after.retired:
        if not before.retired:
            yield "cards-retired", Entry("; ".join(after.answers), card.guid, card.ordinal)
        return
    if not moment.before.cards[card.id].reps:
        return
    if before.retired and _back_again(before, after, moment.names):
        yield "cards-returned", Entry("; ".join(after.answers), card.guid, card.ordinal)
        return
    old, new = (*before.cell, *before.answers), (*after.cell, *after.answers)
    if old == new:
        if before.question != after.question:
            yield "questions-reworded", Entry(f"answer {'; '.join(new)!r}", card.guid, card.ordinal)
        return
    text = f"{'; '.join(old)!r} became {'; '.join(new)!r}"
    names = moment.names
    if _like(before.answers, after.answers, names) and _like(before.cell, after.cell, names):
        yield "answers-reworded", Entry(text, card.guid, card.ordinal)
    elif _marked_as_changed(moment, card.guid):
        yield "answers-changed", Entry(text, card.guid, card.ordinal)
    else:
        yield "answers-moved", Entry(text, card.guid, card.ordinal)


def _back_again(before: Asked, after: Asked, names: Names) -> bool:
    """Whether a retired card asks once more for what it asked for; a stub that names nothing is taken at its word."""
    said = " ".join(before.answers)
    return not before.gone or (_like(before.gone, after.answers, names) and all(part in said for part in after.cell))


def _like(before: tuple[str, ...], after: tuple[str, ...], names: Names) -> bool:
    """Whether each text of either has its like in the other, in whatever spelling."""
    return all(any(succeeds_in_place(old, new, names) for new in after) for old in before) and all(
        any(succeeds_in_place(old, new, names) for old in before) for new in after
    )


def _marked_as_changed(moment: Moment, guid: str) -> bool:
    """Whether the release gives the note a tag `..::changed::VERSION` that it had not before."""
    old = moment.old.notes.get(guid)
    known = {tag.casefold() for tag in old.tags} if old else set()
    new = moment.new.notes.get(guid)
    tags = new.tags if new else ()
    return any(CHANGED_TAG.search(tag) and tag.casefold() not in known for tag in tags)
