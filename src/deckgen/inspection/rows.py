"""Faults in the rows of notes and cards: what belongs to what, times, tags and field counts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from deckgen.inspection.fault import Fault, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen.apkg import Card, Note, Package

HIGHEST_ORDINAL = 499
DAY = 86_400
# A script that a note brings along would run in the reviewer of everybody who imports the package.
SCRIPT = re.compile(
    r"<script\b|<[a-z][^<>]*[\s\"'/]on[a-z]+\s*=|\b(?:href|src|data|action)\s*=\s*(?:[\"']\s*)?javascript:",
    re.IGNORECASE,
)
ODD_SPACE = re.compile(r"\s")


def row_faults(package: Package, now: int) -> Iterator[Fault]:
    """Faults of notes and cards; `now` is the time in seconds that no release may be later than."""
    yield from _guid_faults(package)
    for note in package.notes:
        yield from _note_faults(note, package, now)
    yield from _card_faults(package)
    yield from _tag_spelling_faults(package)


def _guid_faults(package: Package) -> Iterator[Fault]:
    by_guid: dict[str, list[Note]] = defaultdict(list)
    for note in package.notes:
        by_guid[note.guid].append(note)
    for guid, notes in by_guid.items():
        if len(notes) > 1:
            yield error("duplicate-guid", f"{len(notes)} notes have the guid {guid!r}", notes[0])


def _note_faults(note: Note, package: Package, now: int) -> Iterator[Fault]:
    note_type = package.note_types.get(note.note_type_id)
    if note_type is None:
        yield error("unknown-note-type", f"no note type {note.note_type_id}: Anki refuses the package", note)
    elif len(note.fields) != len(note_type.fields):
        text = f"{len(note.fields)} fields where {note_type.name!r} has {len(note_type.fields)}"
        yield error("field-count", f"{text}: Anki refuses the package", note)
    if note.mod > now + DAY:
        yield error("mod-in-future", "its time lies in the future: no later release can update it", note)
    for tag in note.tags:
        yield from _tag_faults(tag, note)
    for place, field in enumerate(note.fields):
        found = SCRIPT.search(field) if "<" in field else None
        if found:
            name = _field_name(package, note, place)
            yield error("script-in-field", f"the field {name} holds a script: {found[0][:60]!r}", note)


def _field_name(package: Package, note: Note, place: int) -> str:
    note_type = package.note_types.get(note.note_type_id)
    names = note_type.field_names if note_type else ()
    return repr(names[place]) if place < len(names) else str(place + 1)


def _tag_faults(tag: str, note: Note) -> Iterator[Fault]:
    if ODD_SPACE.search(tag):
        yield error("tag-white-space", f"the tag {tag!r} holds white space, which Anki takes out", note)
    if "" in tag.split("::"):
        yield warning("tag-empty-part", f"the tag {tag!r} has an empty part, which Anki calls 'blank'", note)
    if tag.casefold() in {"leech", "marked"}:
        yield warning("tag-dropped", f"Anki drops the tag {tag!r} at import", note)


def _tag_spelling_faults(package: Package) -> Iterator[Fault]:
    spellings: dict[str, set[str]] = defaultdict(set)
    for note in package.notes:
        for tag in note.tags:
            spellings[tag.casefold()].add(tag)
    for variants in spellings.values():
        if len(variants) > 1:
            yield warning("tag-spelling", f"one tag in several spellings: {', '.join(sorted(variants))}")


def _card_faults(package: Package) -> Iterator[Fault]:
    notes = {note.id: note for note in package.notes}
    bare = set(notes)
    seen: Counter[tuple[int, int]] = Counter()
    for card in package.cards:
        note = notes.get(card.note_id)
        if note is None:
            yield error("card-without-note", f"card {card.id} belongs to note {card.note_id}, which is missing")
            continue
        bare.discard(note.id)
        seen[note.id, card.ordinal] += 1
        yield from _one_card(card, note, package)
    for (number, ordinal), count in seen.items():
        if count > 1:
            yield error("ordinal-twice", f"{count} cards of ordinal {ordinal}", notes[number], ordinal)
    for number in sorted(bare):
        yield error("note-without-card", "the note has no card, so nobody sees it", notes[number])


def _one_card(card: Card, note: Note, package: Package) -> Iterator[Fault]:
    if card.deck_id not in package.decks:
        yield error("card-without-deck", f"deck {card.deck_id} is missing", note, card.ordinal)
    elif card.deck_id == 1:
        text = "it is in deck 1, so it goes to the learner's Default deck"
        yield warning("default-deck", text, note, card.ordinal)
    note_type = package.note_types.get(note.note_type_id)
    if card.ordinal < 0:
        yield error("ordinal-negative", "Anki refuses the package", note, card.ordinal)
    elif card.ordinal > HIGHEST_ORDINAL:
        text = f"Anki has no cloze number above {HIGHEST_ORDINAL + 1}"
        yield error("ordinal-too-high", text, note, card.ordinal)
    elif note_type and note_type.kind == "standard" and card.ordinal >= len(note_type.templates):
        text = f"{note_type.name!r} has {len(note_type.templates)} templates"
        yield error("ordinal-beyond-templates", text, note, card.ordinal)
