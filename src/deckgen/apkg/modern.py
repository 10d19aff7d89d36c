"""Note types, decks, settings and media list of the new format: tables, with protobuf in their blobs.

Field numbers are those of Anki's `proto/anki/notetypes.proto`, `decks.proto` and `import_export.proto`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from deckgen.apkg import wire
from deckgen.apkg.package import Deck, Field, NoteType, Template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.apkg.database import Database
    from deckgen.apkg.shape import Shape


def note_types(database: Database, shape: Shape) -> dict[int, NoteType]:
    """The note types of the tables notetypes, fields and templates. Raises PackageError."""
    fields: dict[int, list[Field]] = {}
    for key, _, name, config in database.rows("fields", ("ntid", "ord", "name", "config"), "ntid, ord"):
        message = _message(config, "a field", shape)
        entry = Field(shape.text(name, "a field name"), message.signed(9))
        fields.setdefault(shape.integer(key, "fields.ntid"), []).append(entry)
    templates: dict[int, list[Template]] = {}
    for key, _, name, config in database.rows("templates", ("ntid", "ord", "name", "config"), "ntid, ord"):
        message = _message(config, "a template", shape)
        template = Template(shape.text(name, "a template name"), message.text(1), message.text(2), message.signed(8))
        templates.setdefault(shape.integer(key, "templates.ntid"), []).append(template)
    found = {}
    for key, name, mod, config in database.rows("notetypes", ("id", "name", "mtime_secs", "config"), "id"):
        number = shape.integer(key, "notetypes.id")
        message = _message(config, f"note type {number}", shape)
        found[number] = NoteType(
            id=number,
            name=shape.text(name, f"the name of note type {number}"),
            kind="cloze" if message.number(1) == 1 else "standard",
            fields=tuple(fields.get(number, ())),
            templates=tuple(templates.get(number, ())),
            css=message.text(3),
            sort_field=message.number(2),
            mod=shape.integer(mod, f"the time of note type {number}"),
            stock_kind=message.number(9),
        )
    return found


def decks(database: Database, shape: Shape) -> dict[int, Deck]:
    """The decks of the table decks; levels are parted by U+001F there. Raises PackageError."""
    found = {}
    for key, name, kind in database.rows("decks", ("id", "name", "kind"), "id"):
        number = shape.integer(key, "decks.id")
        message = _message(kind, f"deck {number}", shape)
        normal = next(iter(message.messages(1)), wire.Message({}))
        found[number] = Deck(
            id=number,
            name=shape.text(name, f"the name of deck {number}").replace("\x1f", "::"),
            description=normal.text(4),
            markdown=bool(normal.number(5)),
            filtered=2 in message.values,
        )
    return found


def conf(database: Database, shape: Shape) -> Mapping[str, object]:
    """The table config: each value is JSON. Raises PackageError."""
    found: dict[str, object] = {}
    for key, value in database.rows("config", ("KEY", "val")):
        name = shape.text(key, "a setting's name")
        if not isinstance(value, bytes):
            raise shape.fail(f"the setting {name} is not JSON")
        try:
            found[name] = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise shape.fail(f"the setting {name} is not sound JSON: {error}") from error
    return found


def media_list(data: bytes, shape: Shape) -> list[tuple[str, str, int]]:
    """(name, member of the zip, size) for each media file. Raises PackageError.

    Files are named by their place in the list, unless an entry gives another number.
    """
    found = []
    try:
        for place, entry in enumerate(wire.decode(data).messages(1)):
            member = entry.number(255) if 255 in entry.values else place
            found.append((entry.text(1), str(member), entry.number(2)))
    except wire.WireError as error:
        raise shape.fail(f"the media list is not sound: {error}") from error
    return found


def _message(data: object, where: str, shape: Shape) -> wire.Message:
    if not isinstance(data, bytes):
        raise shape.fail(f"the settings of {where} are not binary data")
    try:
        return wire.decode(data)
    except wire.WireError as error:
        raise shape.fail(f"the settings of {where} are not sound: {error}") from error
