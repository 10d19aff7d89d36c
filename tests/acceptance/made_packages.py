"""Packages made with genanki, with guid, times, ordinals and ids in the test's own hands."""

from __future__ import annotations

import json
import sqlite3
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import genanki

OLD, NEW = 1_700_000_000, 1_710_000_000
"""When the first and the second release were made, in seconds."""


class TimedModel(genanki.Model):
    """A note type with a time of its own."""

    mod = OLD

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        values: dict[str, Any] = super().to_json(timestamp, deck_id)
        values["mod"] = self.mod
        return values


class TimedNote(genanki.Note):
    """A note with a time and ordinals of its own."""

    mod = OLD
    ordinals: tuple[int, ...] | None = None

    @property
    def cards(self) -> list[genanki.Card]:
        if self.ordinals is None:
            return list(super().cards)
        return [genanki.Card(ordinal) for ordinal in self.ordinals]

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Any) -> None:
        super().write_to_db(cursor, timestamp, deck_id, id_gen)
        cursor.execute("update notes set mod = ? where id = (select max(id) from notes)", (self.mod,))


@dataclass(frozen=True)
class Made:
    """A note to be: `kind` is basic or cloze, `ordinals` None lets genanki decide."""

    guid: str
    fields: tuple[str, ...]
    kind: str = "basic"
    tags: tuple[str, ...] = ()
    mod: int = OLD
    deck: str = "Bank::One"
    ordinals: tuple[int, ...] | None = None

    def but(self, **changes: Any) -> Made:
        """The same note changed, at the time of the second release unless `mod` is given."""
        return replace(self, **{"mod": NEW, **changes})


@dataclass(frozen=True)
class Kind:
    """A note type to be."""

    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]
    cloze: bool = False
    css: str = ".card {}"
    mod: int = OLD
    id: int = 1_500_000_001
    name: str = "Made Basic"
    ids: bool = True


BASIC = Kind(("Front", "Back"), (("Forward", "{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"),))
CLOZE = Kind(
    ("Text", "Extra"),
    (("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>{{Extra}}"),),
    cloze=True,
    id=1_500_000_002,
    name="Made Cloze",
)


@dataclass(frozen=True)
class Release:
    """A whole package to be; `media` maps names to contents."""

    notes: tuple[Made, ...]
    kinds: dict[str, Kind] = field(default_factory=lambda: {"basic": BASIC, "cloze": CLOZE})
    media: dict[str, bytes] = field(default_factory=dict)
    edit: str = ""

    def write(self, path: Path) -> Path:
        """Write the package, and run the SQL of `edit` on its collection."""
        models = {name: _model(kind) for name, kind in self.kinds.items()}
        decks: dict[str, genanki.Deck] = {}
        for made in self.notes:
            deck = decks.setdefault(made.deck, genanki.Deck(1_600_000_000 + len(decks), made.deck))
            note = TimedNote(model=models[made.kind], fields=list(made.fields), guid=made.guid, tags=list(made.tags))
            note.mod, note.ordinals = made.mod, made.ordinals
            deck.add_note(note)
        files = []
        for name, content in self.media.items():
            file = path.parent / name
            file.write_bytes(content)
            files.append(str(file))
        genanki.Package(list(decks.values()), files).write_to_file(str(path), timestamp=OLD)
        if self.edit:
            _run(path, self.edit)
        return path


def _model(kind: Kind) -> TimedModel:
    def numbered(values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "id": zlib.crc32(values["name"].encode())} if kind.ids else values

    model = TimedModel(
        kind.id,
        kind.name,
        fields=[numbered({"name": name}) for name in kind.fields],
        templates=[numbered({"name": name, "qfmt": front, "afmt": back}) for name, front, back in kind.templates],
        css=kind.css,
        model_type=genanki.Model.CLOZE if kind.cloze else genanki.Model.FRONT_BACK,
    )
    model.mod = kind.mod
    return model


def _run(path: Path, sql: str) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    copy = path.with_suffix(".db")
    copy.write_bytes(members["collection.anki2"])
    database = sqlite3.connect(copy)
    database.executescript(sql)
    database.close()
    members["collection.anki2"] = copy.read_bytes()
    copy.unlink()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def media_names(path: Path) -> list[str]:
    """The names in the media list of a package of the old format."""
    with zipfile.ZipFile(path) as archive:
        return sorted(json.loads(archive.read("media")).values())
