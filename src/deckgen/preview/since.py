"""What changed in a deck since a package or a revision, by entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deckgen.clozetext import read_field
from deckgen.deckbuild import Checked
from deckgen.diff import Change, What, compare
from deckgen.markup import visible_text
from deckgen.states import NoteState, State


@dataclass(frozen=True, slots=True)
class Since:
    """The changes of one deck: those of entries that are there, by id, and the entries that are gone."""

    name: str
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    gone: tuple[Change, ...] = ()


def since(old: State, checked: Checked) -> Since:
    """Compare a checked deck with an earlier state. Entries with errors have no note and so no changes.

    An entry that only has errors now is not gone: `Since.gone` leaves out ids that the bank still holds.
    """
    bank, types = checked.bank, checked.types
    if bank is None or types is None:
        return Since(old.name)
    deck = bank.settings.id.value
    names = {key: [part.name for part in kind.fields] for key, kind in types.items()}
    notes = {}
    for note in checked.notes:
        html = dict(zip(names[note.type_key], note.fields, strict=True))
        plain = {name: visible_text(read_field(text)[0]).strip() for name, text in html.items()}
        notes[note.record.guid] = NoteState(deck, note.record, plain, html)
    before = {guid: state for guid, state in old.notes.items() if state.deck_id == deck}
    difference = compare(State(old.name, before, {}), State("", notes, {}))
    present = {entry.id.value for _, entry in bank.entries()} | set(bank.passed_over)
    changes: dict[str, list[Change]] = {}
    gone = []
    for change in difference.changes:
        if change.what is not What.REMOVED:
            changes.setdefault(change.id, []).append(change)
        elif change.id not in present:
            gone.append(change)
    return Since(old.name, changes, tuple(gone))
