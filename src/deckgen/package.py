"""Notes to an Anki package. The only module that imports genanki.

genanki defines the collection's schema and the JSON of decks and note types; deckgen departs from it where Anki
would otherwise harm a learner or a build would not be reproducible:

- every note and note type has a time of its own (genanki gives all of them one, so that an import rewrites
  notes that did not change);
- deckgen says which cards exist (genanki misses nested deletions and templates with filters) and gives new
  cards their place in the queue;
- fields and templates carry permanent ids, by which Anki follows a renaming;
- the database is made in memory, or in a folder that is gone afterwards where it is large (genanki leaves a
  temporary file behind at every run), in batches, with its indexes last, and the few bytes in which SQLite notes its
  version and changes are constants;
- the zip is deflated, with a fixed date, order and mode for every member.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import json
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from deckgen.media import MediaFile
from deckgen.note import Note
from deckgen.notetypes import NoteType

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LARGE = 2 * 1024 * 1024
"""From this size on a database is deflated fast; below, as small as can be."""
_MANY = 20_000
"""Notes from which on the database is a file while it is made."""
_PIECE = 1 << 20
_TABLES = [part for part in APKG_SCHEMA.split(";") if "CREATE TABLE" in part]
_INDEXES = [part for part in APKG_SCHEMA.split(";") if "CREATE INDEX" in part]
_CONSTANT_BYTES = ((24, b"\0\0\0\1"), (92, b"\0\0\0\1"), (96, b"\0\x2e\x76\x81"))


@dataclass(frozen=True, slots=True)
class PackageContent:
    """What goes into one package. ``notes`` are in learning order, each with its final time in its record."""

    name: str
    description: str
    notes: Sequence[Note]
    types: Mapping[str, NoteType]
    type_times: Mapping[str, int]
    created: int
    latest: int
    media: Mapping[str, MediaFile]
    conf: Mapping[str, Any]


def package_bytes(content: PackageContent) -> bytes:
    """The whole ``.apkg``; the same bytes for the same content."""
    return _Package(content).to_bytes()


class _NoteType(genanki.Model):  # type: ignore[misc] # genanki has no types
    """A note type with permanent ids and a time of its own."""

    def __init__(self, definition: NoteType, time: int) -> None:
        super().__init__(
            definition.id,
            definition.name,
            fields=[{"name": field.name, "id": field.id} for field in definition.fields],
            templates=[
                {"name": template.name, "qfmt": template.front, "afmt": template.back, "id": template.id}
                for template in definition.templates
            ],
            css=definition.css,
            model_type=self.CLOZE if definition.is_cloze else self.FRONT_BACK,
            sort_field_index=definition.sort_field,
        )
        self.time = time

    @property
    def _req(self) -> list[list[Any]]:
        # Anki computes this anew; genanki's own attempt fails on templates with filters.
        return [[ordinal, "any", [0]] for ordinal in range(len(self.templates))]

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        made: dict[str, Any] = super().to_json(timestamp, deck_id)
        return {**made, "mod": self.time}


class _Deck(genanki.Deck):  # type: ignore[misc]
    """A deck whose description is Markdown and whose numbers do not speak of another day."""

    def __init__(self, name: str, description: str, time: int) -> None:
        super().__init__(deck_number(name), name, description)
        self.time = time

    def to_json(self) -> dict[str, Any]:
        today = {key: [0, 0] for key in ("lrnToday", "newToday", "revToday", "timeToday")}
        return {**super().to_json(), **today, "mod": self.time, "md": True}


class _Package(genanki.Package):  # type: ignore[misc]
    def __init__(self, content: PackageContent) -> None:
        self.content = content
        names = {note.deck for note in content.notes} | {content.name}
        described = {content.name: content.description}
        super().__init__([_Deck(name, described.get(name, ""), content.latest) for name in sorted(names)])

    def to_bytes(self) -> bytes:
        with contextlib.ExitStack() as stack:
            place = ":memory:"
            if len(self.content.notes) > _MANY:  # two copies of it in memory are more than all the rest
                place = f"{stack.enter_context(tempfile.TemporaryDirectory())}/collection.anki2"
            connection = stack.enter_context(contextlib.closing(sqlite3.connect(place)))
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            self.write_to_db(connection.cursor(), self.content.latest, itertools.count(self.content.created * 1000))
            connection.commit()
            if place == ":memory:":
                return self.zipped(io.BytesIO(connection.serialize()))
            connection.close()
            return self.zipped(stack.enter_context(Path(place).open("rb")))

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        for statement in _TABLES:
            cursor.execute(statement)
        cursor.executescript(APKG_COL)
        types = {key: _NoteType(self.content.types[key], time) for key, time in self.content.type_times.items()}
        decks = json.loads(cursor.execute("SELECT decks FROM col").fetchone()[0])
        conf = json.loads(cursor.execute("SELECT conf FROM col").fetchone()[0])
        decks.update({str(deck.deck_id): deck.to_json() for deck in self.decks})
        root = deck_number(self.content.name)
        models = {str(kind.model_id): kind.to_json(timestamp, root) for kind in types.values()}
        cursor.execute(
            "UPDATE col SET decks = ?, models = ?, conf = ?, mod = ?, scm = ?",
            (
                _json(decks),
                _json(models),
                _json({**conf, "deckgen": dict(self.content.conf)}),
                int(timestamp) * 1000,
                0,
            ),
        )
        first = next(id_gen)
        cursor.executemany("INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,0,0,'')", self.note_rows(first, types))
        cursor.executemany("INSERT INTO cards VALUES(?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')", self.card_rows(first))
        for statement in _INDEXES:
            cursor.execute(statement)

    def note_rows(self, first: int, types: Mapping[str, _NoteType]) -> Iterator[tuple[Any, ...]]:
        numbers = {key: kind.model_id for key, kind in types.items()}
        for number, note in enumerate(self.content.notes, first):
            record = note.record
            tags = f" {' '.join(note.tags)} " if note.tags else ""
            fields = "\x1f".join(note.fields)
            yield number, record.guid, numbers[note.type_key], record.time, tags, fields, note.fields[0]

    def card_rows(self, first: int) -> Iterator[tuple[Any, ...]]:
        decks = {deck.name: deck.deck_id for deck in self.decks}
        number = itertools.count(first)
        last = len(self.content.notes) + 1
        for position, note in enumerate(self.content.notes, 1):
            home = decks[note.deck]
            for ordinal in note.ordinals:
                due = last if ordinal in note.retired else position
                yield next(number), first + position - 1, home, ordinal, note.record.time, due

    def zipped(self, database: BinaryIO) -> bytes:
        out = io.BytesIO()
        named = {file.packaged: file for _, file in sorted(self.content.media.items())}
        files = [named[name] for name in sorted(named)]
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            _add_database(archive, database)
            _add(
                archive,
                "media",
                _json({str(index): file.packaged for index, file in enumerate(files)}).encode(),
            )
            for index, file in enumerate(files):
                _add(archive, str(index), file.path.read_bytes())
        return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(_member(name), data, compresslevel=_level(len(data)))


def _add_database(archive: zipfile.ZipFile, database: BinaryIO) -> None:
    """The collection, a piece at a time."""
    member = _member("collection.anki2")
    member.file_size = database.seek(0, io.SEEK_END)
    member._compresslevel = _level(member.file_size)  # type: ignore[attr-defined]
    database.seek(0)
    head = bytearray(database.read(_PIECE))
    for offset, value in _CONSTANT_BYTES:
        head[offset : offset + len(value)] = value
    with archive.open(member, "w") as out:
        out.write(head)
        shutil.copyfileobj(database, out, _PIECE)


def _level(size: int) -> int:
    return 1 if size > _LARGE else 9


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _ZIP_DATE)
    member.external_attr = 0o100644 << 16
    member.create_system = 3
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def deck_number(name: str) -> int:
    """The id of a deck in the package. Anki goes by the name alone; ids only have to differ."""
    folded = re.sub(r"\s+", " ", name.casefold())
    return 10**11 + int.from_bytes(hashlib.sha256(f"deckgen/deck/{folded}".encode()).digest(), "big") % (9 * 10**11)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
