"""Two states of a deck to a list of changes, as learners will see them."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deckgen.states import NoteState, State
from deckgen.succession import same_answer


class What(enum.StrEnum):
    """What happened to a note."""

    ADDED = "added"
    WITHDRAWN = "withdrawn"
    ANSWER_CHANGED = "answer changed"
    REWORDED = "reworded"
    MOVED = "moved"
    RENAMED = "renamed"
    DETAILS = "details"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class CardChange:
    """A card that appears (``new``) or turns into a notice that it is no longer asked (``retired``)."""

    what: str
    number: int
    answer: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one note. ``before`` and ``after`` are texts where they say more than the title."""

    what: What
    deck: str
    id: str
    title: str
    before: str = ""
    after: str = ""
    cards: tuple[CardChange, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes from one state to another, and the Anki searches that find notes whose answer changed."""

    old: str
    new: str
    changes: tuple[Change, ...]
    searches: tuple[str, ...] = ()
    versions: tuple[tuple[str, str, str], ...] = field(default=())


_ASKED = ("Question", "Text", "Options")
_TOLD = ("Explanation", "Sources", "Image", "AsOf", "ReviewBy", "Region", "Notice", "Review", "Context", "Content")


def compare(old: State, new: State) -> Difference:
    """What changed from ``old`` to ``new``, sorted by what happened, deck and id."""
    changes = [change for guid, note in new.notes.items() for change in _note(old.notes.get(guid), note)]
    changes += [
        Change(What.REMOVED, note.deck_id, note.record.id, note.title)
        for guid, note in old.notes.items()
        if guid not in new.notes
    ]
    order = list(What)
    changes.sort(key=lambda change: (order.index(change.what), change.deck, change.id))
    return Difference(old.name, new.name, tuple(changes), tuple(_searches(old, new)), tuple(_versions(old, new)))


def _note(before: NoteState | None, after: NoteState) -> Iterator[Change]:
    record = after.record
    if before is None:
        cards = tuple(CardChange("new", number, answer) for number, answer in sorted(after.answers.items()))
        what = What.WITHDRAWN if record.withdrawn else What.ADDED
        yield Change(what, after.deck_id, record.id, after.title, cards=cards)
        return
    if before.record.id != record.id:
        yield Change(What.RENAMED, after.deck_id, record.id, after.title, before.record.id, record.id)
    if record.withdrawn and not before.record.withdrawn:
        yield Change(What.WITHDRAWN, after.deck_id, record.id, after.title, after=after.fields.get("Notice", ""))
        return
    if before.record.deck != record.deck:
        yield Change(What.MOVED, after.deck_id, record.id, after.title, before.record.deck, record.deck)
    yield from _content(before, after)


def _content(before: NoteState, after: NoteState) -> Iterator[Change]:
    record = after.record
    kept = before.answers.keys() & after.answers.keys()
    answers = {n for n in kept if not same_answer(before.answers[n], after.answers[n])}
    single = record.kind in ("basic", "choice")
    cards = tuple(_cards(before, after))
    asked = [name for name in _ASKED if before.html.get(name) != after.html.get(name)]
    told = [name for name in _TOLD if before.html.get(name) != after.html.get(name)]
    if single and 1 in answers:
        yield Change(
            What.ANSWER_CHANGED, after.deck_id, record.id, after.title, before.answers[1], after.answers[1], cards
        )
    elif cards or asked or answers:
        yield Change(What.REWORDED, after.deck_id, record.id, after.title, before.title, after.title, cards)
    elif before.html.get("Answer") != after.html.get("Answer"):
        yield Change(What.REWORDED, after.deck_id, record.id, after.title, before.answers[1], after.answers[1])
    elif told or set(before.record.changed) != set(record.changed):
        yield Change(What.DETAILS, after.deck_id, record.id, after.title, fields=tuple(told) or ("Tags",))


def _cards(before: NoteState, after: NoteState) -> Iterator[CardChange]:
    gone = {answer.number for answer in after.record.retired} - {answer.number for answer in before.record.retired}
    for number, answer in sorted(after.answers.items()):
        if number not in before.answers:
            yield CardChange("new", number, answer)
    for number in sorted(gone & before.answers.keys()):
        yield CardChange("retired", number, before.answers[number])


def _searches(old: State, new: State) -> Iterator[str]:
    """``tag:deck::changed::1.2.0`` for every release in between in which an answer changed."""
    known: dict[str, set[str]] = {}
    found: dict[str, set[str]] = {}
    for state, into in ((old, known), (new, found)):
        for guid, note in state.notes.items():
            into.setdefault(guid, set()).update(f"{note.deck_id}::changed::{v}" for v in note.record.changed)
    fresh = {tag for guid, tags in found.items() if guid in known for tag in tags - known[guid]}
    yield from (f"tag:{tag}" for tag in sorted(fresh))


def _versions(old: State, new: State) -> Iterator[tuple[str, str, str]]:
    for deck in sorted(old.versions.keys() | new.versions.keys()):
        yield deck, old.versions.get(deck, ""), new.versions.get(deck, "")


def of_kind(changes: Sequence[Change], what: What) -> list[Change]:
    """The changes of one kind."""
    return [change for change in changes if change.what is what]
