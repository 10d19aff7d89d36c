"""A released package back to the lock it was built with.

Everything a lock holds is in the package: what was hidden under which number in the fields, times and GUIDs in
the notes, and what belongs to the deck as a whole in the collection's settings under ``deckgen``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from deckgen.apkg import Package
from deckgen.apkg.package import Note as PackagedNote
from deckgen.apkg.package import NoteType as PackagedType
from deckgen.clozetext import Found, read_field
from deckgen.compose import version_key
from deckgen.errors import UserError
from deckgen.lock import Answer, Lock, NoteRecord, TypeRecord
from deckgen.markup import visible_text
from deckgen.note import content_hash
from deckgen.notetypes import note_types
from deckgen.parts import REVERSE, digest
from deckgen.update import look_hash, schema_hash

_CELL = re.compile(r'<span class="row">(.*)</span> <span class="column">(.*)</span></span>', re.DOTALL)
_RETIRED_CELL = re.compile(r'<span class="row">(.*)</span> · <span class="column">(.*)</span> \(<b>', re.DOTALL)
_BOLD = re.compile(r"<b>(.*?)</b>", re.DOTALL)


def lock_from(package: Package) -> Lock:
    """The lock of the deck in a package that deckgen made. Raises `UserError` for any other package."""
    head = package.conf.get("deckgen")
    if not isinstance(head, Mapping) or not isinstance(head.get("deck"), str):
        raise UserError(f"{package.path} was not built by deckgen: its collection does not name a deck of a bank")
    with readable(package):
        return _lock_from(package, head)


@contextmanager
def readable(package: Package) -> Iterator[None]:
    """Turns what a damaged package makes of reading it into a `UserError`."""
    try:
        yield
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        advice = "`deckgen inspect` says what is wrong with it"
        raise UserError(f"{package.path} is not as deckgen writes packages: {advice}") from error


def _lock_from(package: Package, head: Mapping[str, Any]) -> Lock:
    deck = head["deck"]
    keys = {kind.id: key for key, kind in note_types(deck, "", repository=None, version="").items()}
    decks = {card.note_id: package.decks[card.deck_id].name for card in package.cards if card.deck_id in package.decks}
    earlier = head.get("was")
    records = {}
    for note in package.notes:
        kind = package.note_types[note.note_type_id]
        if kind.id not in keys:
            raise UserError(f"{package.path} holds notes of the type {kind.name!r}, which is none of deckgen's")
        record = note_record(note, kind, keys[kind.id], deck, decks.get(note.id, ""))
        was = earlier.get(record.id, ()) if isinstance(earlier, Mapping) else ()
        records[record.id] = replace(record, was=tuple(was))
    used = {note.note_type_id for note in package.notes}
    types = {
        keys[kind.id]: _type_record(kind, keys[kind.id]) for kind in package.note_types.values() if kind.id in used
    }
    names = head.get("subdecks") or {name for name in decks.values() if name}
    released_at = int(head.get("released_at") or 0)
    created = int(head.get("created") or 0)
    return Lock(deck, created, head.get("released"), released_at, tuple(sorted(names)), types, records)


def note_record(note: PackagedNote, kind: PackagedType, key: str, deck: str, subdeck: str) -> NoteRecord:
    """The line of the lock of one packaged note; ``key`` is the key of its note type."""
    fields = dict(zip(kind.field_names, note.fields, strict=True))
    answers, text = _READERS[key](fields)
    changed = [tag.rpartition("::")[2] for tag in note.tags if tag.startswith(f"{deck}::changed::")]
    return NoteRecord(
        fields["Entry"],
        note.guid,
        _kind(key, fields),
        subdeck,
        content_hash(key, tuple(note.fields), tuple(note.tags)),
        note.mod,
        tuple(sorted(answers, key=lambda answer: answer.number)),
        tuple(_retired(key, fields.get("Stubs", ""))),
        text,
        tuple(sorted(changed, key=version_key)),
        (),
        f"{deck}::withdrawn" in note.tags,
    )


def _kind(key: str, fields: Mapping[str, str]) -> str:
    if key == "ordered":
        return "table" if fields["Content"].startswith("<table>") else "sequence"
    return "fact" if key == "cloze" else key


def _type_record(kind: PackagedType, key: str) -> TypeRecord:
    return TypeRecord(key, kind.id, look_hash(kind), schema_hash(kind, is_cloze=kind.kind == "cloze"), kind.mod)


# Answers


def _fact(fields: Mapping[str, str]) -> tuple[list[Answer], str]:
    plain, found = read_field(fields["Text"])
    groups: dict[int, list[Found]] = {}
    for item in found:
        groups.setdefault(item.number, []).append(item)
    answers = [
        Answer(
            number,
            tuple(visible_text(item.answer) for item in group),
            tuple(item.start for item in group),
            next((visible_text(item.hint) for item in group if item.hint), None),
        )
        for number, group in groups.items()
    ]
    return answers, visible_text(plain)


def _ordered(fields: Mapping[str, str]) -> tuple[list[Answer], None]:
    cells = {item.number: _CELL.search(item.hint or "") for item in read_field(fields["Prompts"])[1]}
    answers = []
    for item in read_field(fields["Content"])[1]:
        cell = cells.get(item.number)
        places = (visible_text(cell[1]), visible_text(cell[2])) if cell else ()
        answers.append(Answer(item.number, (visible_text(item.answer),), places))
    return answers, None


def _basic(fields: Mapping[str, str]) -> tuple[list[Answer], None]:
    answers = [Answer(1, (digest(visible_text(fields["Answer"])),))]
    return answers + ([Answer(2, (digest(visible_text(fields["Question"])),))] if fields["Reverse"] else []), None


def _choice(fields: Mapping[str, str]) -> tuple[list[Answer], None]:
    return [Answer(1, (digest(visible_text(fields["Answer"])),))], None


def _retired(key: str, stubs: str) -> list[Answer]:
    if not stubs:
        return []
    if key == "basic":
        return [Answer(2, REVERSE)]
    answers = []
    for item in read_field(stubs)[1]:
        cell = _RETIRED_CELL.search(item.answer)
        places = (visible_text(cell[1]), visible_text(cell[2])) if cell else ()
        texts = tuple(visible_text(text) for text in _BOLD.findall(item.answer))
        answers.append(Answer(item.number, texts, places))
    return sorted(answers, key=lambda answer: answer.number)


_READERS: Mapping[str, Callable[[Mapping[str, str]], tuple[list[Answer], str | None]]] = {
    "cloze": _fact,
    "ordered": _ordered,
    "basic": _basic,
    "choice": _choice,
}
