"""What an import did to a learner: the collection before and after, and what the releases say themselves.

`Moment` gathers the states that are compared. `old` and `new` are collections into which nothing but that
release was imported: what Anki makes of a package is the measure for what should arrive.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deckgen.rehearsal.cards import card_findings
from deckgen.rehearsal.learner import NOTE_EDITS
from deckgen.rehearsal.report import Entry, Step
from deckgen.succession import NO_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deckgen.rehearsal.learner import Edit
    from deckgen.rehearsal.snapshot import NoteState, Snapshot, TypeState
    from deckgen.succession import Names

Findings = dict[str, list[Entry]]


@dataclass(frozen=True, slots=True)
class Moment:
    """All that is known around one import. `studied` is the state before the learner's edits, `before` after
    them; `behind` are guids whose last change did not arrive; `twice` are guids that the new package repeats;
    `names` are other names for one term that are one answer.
    """

    old: Snapshot
    new: Snapshot
    studied: Snapshot
    before: Snapshot
    after: Snapshot
    edits: tuple[Edit, ...]
    behind: frozenset[str]
    twice: tuple[str, ...]
    names: Names = NO_NAMES


def changed_notes(old: Snapshot, new: Snapshot) -> frozenset[str]:
    """The guids of the notes that both releases have and that the new one changes."""
    return frozenset(
        guid for guid, note in new.notes.items() if guid in old.notes and _differs(old, old.notes[guid], new, note)
    )


def compare(moment: Moment, names: tuple[str, str]) -> tuple[Step, frozenset[str]]:
    """The report on one import, and the guids whose change did not arrive."""
    found: Findings = {}
    counts = _count_notes(moment, found)
    refused = frozenset(entry.guid for entry in found.get("notes-refused", ()) if entry.guid is not None)
    for source in (_reviews, _schedules, card_findings, _edits, _types, _decks, _media):
        for code, entry in source(moment):
            found.setdefault(code, []).append(entry)
    if moment.before.schema != moment.after.schema:
        found["full-sync"] = [Entry("the import changes a note type's structure")]
    found["guids-twice"] = [Entry("each import updates one of them", guid) for guid in moment.twice]
    if moment.old.notes and moment.old.notes.keys().isdisjoint(moment.new.notes):
        found["nothing-shared"] = [Entry("are these two releases of one deck?")]
    called = _entry_ids(moment.old) | _entry_ids(moment.new)
    findings = {
        code: tuple(replace(entry, entry=called.get(entry.guid or "")) for entry in entries)
        for code, entries in found.items()
        if entries
    }
    return Step(*names, _counts(moment, findings) | counts, findings), refused


def _entry_ids(release: Snapshot) -> dict[str, str]:
    """The id in its bank of each note that says so, by guid."""
    places = {}
    for number, kind in release.types.items():
        names = [name for name, _ in kind.fields]
        if "Entry" in names:
            places[number] = names.index("Entry")
    return {guid: note.fields[places[note.type_id]] for guid, note in release.notes.items() if note.type_id in places}


def _counts(moment: Moment, findings: Mapping[str, tuple[Entry, ...]]) -> dict[str, int]:
    def number(code: str) -> int:
        return len(findings.get(code, ()))

    return {
        "reviews": len(moment.before.reviews),
        "reviews kept": len(moment.before.reviews) - number("reviews-lost"),
        "cards studied": sum(card.reps > 0 for card in moment.before.cards.values()),
        "schedules unchanged": len(moment.before.cards) - number("cards-lost") - number("schedules-changed"),
        "cards new": len(moment.after.cards.keys() - moment.before.cards.keys()),
        "edits made": len(moment.edits),
        "edits kept": len(moment.edits) - number("edits-lost") - number("edits-broken"),
    }


def _count_notes(moment: Moment, found: Findings) -> dict[str, int]:
    """Sort every note of the new release by what became of it."""
    changed = changed_notes(moment.old, moment.new)
    counts = {"notes updated": 0, "notes untouched": 0, "notes added": 0}
    for guid, wanted in moment.new.notes.items():
        was, now = moment.before.notes.get(guid), moment.after.notes.get(guid)
        arrived = now is not None and not _differs(moment.after, now, moment.new, wanted)
        if was is None:
            counts["notes added"] += arrived
            if not arrived:
                found.setdefault("notes-not-added", []).append(Entry("it is not in the collection", guid))
        elif guid in changed or (guid in moment.behind and was != now):
            arrived = arrived and now is not None and now.type_id == wanted.type_id
            counts["notes updated"] += arrived
            if not arrived:
                found.setdefault("notes-refused", []).append(Entry(_reason(moment, guid), guid))
        elif was == now:
            counts["notes untouched"] += 1
        else:
            found.setdefault("notes-rewritten", []).append(Entry("its time moved", guid))
    for guid in moment.old.notes.keys() - moment.new.notes.keys():
        found.setdefault("notes-dropped", []).append(Entry("it stays with all its cards", guid))
    found.get("notes-dropped", []).sort(key=lambda entry: entry.guid or "")
    return counts


def _differs(here: Snapshot, note: NoteState, there: Snapshot, other: NoteState) -> bool:
    """Whether two notes differ in what the learner gets: type aside, fields, tags, content of media."""
    if note.content != other.content:
        return True
    return [here.media.get(name) for name in note.media] != [there.media.get(name) for name in other.media]


def _reason(moment: Moment, guid: str) -> str:
    was, wanted = moment.before.notes[guid], moment.new.notes[guid]
    earlier = moment.old.notes.get(guid)
    if was.type_id != wanted.type_id:
        return "it has another note type than before"
    structural = _structure(moment.before.types.get(was.type_id), moment.new.types[wanted.type_id])
    if structural:
        return structural
    if earlier is not None and wanted.mod <= earlier.mod:
        return "its time is not later than in the earlier release"
    if any(edit.guid == guid and edit.kind in NOTE_EDITS for edit in moment.edits):
        return "the learner edited it after the release"
    if wanted.mod <= was.mod:
        return "its time is not later than that of the learner's note"
    return "Anki updated it, and its content is not as released"


def _structure(own: TypeState | None, theirs: TypeState) -> str:
    """Why Anki does not take a note type of the release for the learner's, if it does not."""
    if own is None or not own.fits(theirs):
        return "the fields or templates of its note type are others"
    if own.sort_field != theirs.sort_field:
        return "the sort field of its note type is another: Anki stamps all notes of the type"
    return ""


def _reviews(moment: Moment) -> Iterator[tuple[str, Entry]]:
    for number, row in moment.before.reviews.items():
        if moment.after.reviews.get(number) != row:
            card = moment.before.cards.get(int(str(row[1])))
            yield "reviews-lost", Entry("a review is gone or altered", card.guid if card else None)


def _schedules(moment: Moment) -> Iterator[tuple[str, Entry]]:
    for number, card in moment.before.cards.items():
        now = moment.after.cards.get(number)
        if now is None:
            yield "cards-lost", Entry("the card is gone", card.guid, card.ordinal)
        elif now != card:
            yield "schedules-changed", Entry("its schedule, flag or deck is another", card.guid, card.ordinal)


def _edits(moment: Moment) -> Iterator[tuple[str, Entry]]:
    changed = changed_notes(moment.old, moment.new) | moment.behind
    for edit in moment.edits:
        if not edit.survives(moment.after):
            expected = edit.kind in NOTE_EDITS and edit.guid in changed
            yield "edits-lost" if expected else "edits-broken", Entry(edit.kind, edit.guid)


def _types(moment: Moment) -> Iterator[tuple[str, Entry]]:
    names = {kind.name for kind in moment.new.types.values()}
    for number, kind in moment.after.types.items():
        if number not in moment.before.types and kind.name.endswith("+") and kind.name not in names:
            yield "note-types-doubled", Entry(kind.name)
    used = {note.type_id for note in moment.new.notes.values()}
    for number in sorted(used & moment.old.types.keys()):
        old, new = moment.old.types[number], moment.new.types[number]
        now = moment.after.types.get(number)
        if old.design != new.design and (now is None or now.design != new.design):
            late = "" if new.mod > old.mod else ": its time is not later than in the earlier release"
            yield "note-types-refused", Entry(new.name + late)


def _decks(moment: Moment) -> Iterator[tuple[str, Entry]]:
    old = {(card.guid, card.ordinal): card.deck for card in moment.old.cards.values()}
    for card in moment.new.cards.values():
        before = old.get((card.guid, card.ordinal), card.deck)
        if before != card.deck:
            yield "decks-kept", Entry(f"{before} stays, the release has {card.deck}", card.guid, card.ordinal)


def _media(moment: Moment) -> Iterator[tuple[str, Entry]]:
    after, new = moment.after, moment.new
    for guid in new.notes.keys() & after.notes.keys():
        for name in after.notes[guid].media:
            if name not in after.media:
                yield "media-missing", Entry(name, guid)
    used = {note.type_id for note in new.notes.values()}
    for name in sorted(new.template_names(used)):
        if name not in after.media:
            yield "media-missing", Entry(name)
    for name in sorted(new.media):
        if name.startswith("_") and after.media.get(name, new.media[name]) != new.media[name]:
            yield "media-stale", Entry(name)
