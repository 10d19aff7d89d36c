"""From the file to a Package: which format it is, its collection, its media list."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, get_args

from deckgen.apkg import legacy, modern, wire
from deckgen.apkg.archive import Archive, open_archive
from deckgen.apkg.database import MAX_FILE, Database, open_database
from deckgen.apkg.errors import PackageError
from deckgen.apkg.package import Card, Format, MediaFile, Note, Oddity, Package
from deckgen.apkg.shape import MAX_JSON, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMATS: tuple[Format, ...] = get_args(Format)
OLD_SCHEMA = 11
NEW_SCHEMAS = range(15, 19)
PIECE_COST = 80  # bytes that a short text of its own takes
TAG_ENDS = re.compile("[ \u3000]+")
# Anki refuses a name with a path in it, and a device name on Windows would not open.
UNSAFE_NAME = re.compile(r"[/\\\x00]|^\.{0,2}$|^[A-Za-z]:")


def read_package(path: Path) -> Package:
    """The package at `path`: .apkg or .colpkg, of the old or the new format.

    Limits on sizes are stated in `archive` and `database`. Raises PackageError, which says what is wrong.
    """
    archive = open_archive(path)
    shape = Shape(path)
    version = _format(archive, shape)
    zstd = version == "collection.anki21b"
    oddities = _zip_oddities(archive)
    media, media_oddities = _media(archive, zstd=zstd, shape=shape)
    with open_database(archive.pieces(version, limit=MAX_FILE, zstd=zstd), shape) as database:
        try:
            return _collection(path, version, database, shape, media, (*oddities, *media_oddities))
        except wire.WireError as error:
            raise PackageError(f"{path}: the collection is not sound: {error}") from error


def _collection(
    path: Path,
    version: Format,
    database: Database,
    shape: Shape,
    media: dict[str, MediaFile],
    oddities: tuple[Oddity, ...],
) -> Package:
    columns = ("ver", "crt", "mod", "conf", "models", "decks")
    row = next(database.rows("col", columns), None)
    if row is None:
        raise shape.fail("the collection is empty: its table col has no row")
    schema = shape.integer(row[0], "col.ver")
    if schema != OLD_SCHEMA and schema not in NEW_SCHEMAS:
        raise shape.fail(f"the collection has schema {schema}; Anki's packages have 11 or 18")
    new = schema != OLD_SCHEMA
    return Package(
        path=path,
        format=version,
        note_types=modern.note_types(database, shape) if new else legacy.note_types(row[4], shape),
        decks=modern.decks(database, shape) if new else legacy.decks(row[5], shape),
        notes=tuple(_notes(database, shape)),
        cards=tuple(_cards(database, shape)),
        media=media,
        conf=modern.conf(database, shape) if new else legacy.conf(row[3], shape),
        version=schema,
        created=shape.integer(row[1], "col.crt"),
        mod=shape.integer(row[2], "col.mod"),
        oddities=oddities,
    )


def _notes(database: Database, shape: Shape) -> Iterator[Note]:
    for number, guid, kind, mod, tags, fields in database.rows(
        "notes", ("id", "guid", "mid", "mod", "tags", "flds"), "id"
    ):
        where = f"note {number}"
        text, labels = shape.text(fields, f"the fields of {where}"), shape.text(tags, f"the tags of {where}")
        shape.spend(PIECE_COST * (text.count("\x1f") + labels.count(" ")))
        yield Note(
            id=shape.integer(number, "notes.id"),
            guid=shape.text(guid, f"the guid of {where}"),
            note_type_id=shape.integer(kind, f"the note type of {where}"),
            mod=shape.integer(mod, f"the time of {where}"),
            tags=tuple(tag for tag in TAG_ENDS.split(labels) if tag),
            fields=tuple(text.split("\x1f")),
        )


def _cards(database: Database, shape: Shape) -> Iterator[Card]:
    columns = ("id", "nid", "did", "ord", "due", "type", "queue", "reps")
    for row in database.rows("cards", columns, "id"):
        values = [shape.integer(value, f"cards.{name}") for name, value in zip(columns, row, strict=True)]
        yield Card(*values)


def _format(archive: Archive, shape: Shape) -> Format:
    """Which collection counts: Anki goes by the file `meta`, and without one by what is there."""
    version = None
    if "meta" in archive.members:
        try:
            version = wire.decode(archive.read("meta", limit=1 << 16)).number(1)
        except wire.WireError as error:
            raise shape.fail(f"its file 'meta' is not sound: {error}") from error
        if version > len(FORMATS):
            raise shape.fail("made for a newer Anki than this program knows")
    if version and FORMATS[version - 1] in archive.members:
        return FORMATS[version - 1]
    for name in reversed(FORMATS):
        if name in archive.members:
            return name
    raise shape.fail("no collection in it, so not an Anki package")


def _media(archive: Archive, *, zstd: bool, shape: Shape) -> tuple[dict[str, MediaFile], tuple[Oddity, ...]]:
    if "media" not in archive.members:
        return {}, (Oddity("no-media-list", "the package has no media list", serious=False),)
    data = archive.read("media", limit=MAX_JSON, zstd=zstd)
    entries = modern.media_list(data, shape) if zstd else _old_media_list(data, archive, shape)
    oddities = []
    for name, count in Counter(name for name, _, _ in entries).items():
        if count > 1:
            oddities.append(Oddity("media-twice", f"{count} media files are named {name!r}: one of them wins"))
        if UNSAFE_NAME.search(name):
            oddities.append(Oddity("media-name", f"Anki refuses the media name {name!r}"))
    media = {}
    for name, member, size in entries:
        present = member in archive.members
        if not present:
            oddities.append(Oddity("media-not-packed", f"{name!r} is in the media list but not in the package"))
        media[name] = MediaFile(name, size, member, present, archive, zstd)
    known = {"media", "meta", *FORMATS} | {member for _, member, _ in entries}
    stray = sorted(set(archive.members) - known)
    if stray:
        shown = ", ".join(map(repr, stray[:5])) + (", .." if len(stray) > 5 else "")
        oddities.append(Oddity("stray-file", f"{len(stray)} files that nothing names: {shown}", serious=False))
    return media, tuple(oddities)


def _old_media_list(data: bytes, archive: Archive, shape: Shape) -> list[tuple[str, str, int]]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise shape.fail("the media list is not UTF-8") from error
    found = []
    for member, name in shape.mapping(shape.json(text or "{}", "the media list"), "the media list").items():
        if not member.isdecimal():
            raise shape.fail(f"the media list has the key {member!r}, which is not a number")
        size = archive.members[member].size if member in archive.members else 0
        found.append((shape.text(name, "a name in the media list"), member, size))
    return found


def _zip_oddities(archive: Archive) -> tuple[Oddity, ...]:
    twice = [
        Oddity("member-twice", f"the zip holds {name!r} more than once: the last one counts")
        for name in archive.repeated
    ]
    links = [
        Oddity("member-symlink", f"{member.name!r} in the zip is a symbolic link; it is read as a plain file")
        for member in archive.members.values()
        if member.symlink
    ]
    return (*twice, *links)
