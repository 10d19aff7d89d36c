"""What a package holds, as frozen values, the same for the old and the new format.

Times are seconds since 1970, ordinals count from 0, ids are Anki's own 64-bit numbers. Names of decks have
`::` between their levels. Nothing is judged here: a card may name a note that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from deckgen.apkg.archive import Archive

Format = Literal["collection.anki2", "collection.anki21", "collection.anki21b"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a note type. `id` is None in packages whose maker gave none."""

    name: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """Front and back of one kind of card. `id` is None in packages whose maker gave none."""

    name: str
    front: str
    back: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class NoteType:
    """Which fields and templates exist. `stock_kind` 6 marks Anki's own image occlusion."""

    id: int
    name: str
    kind: Literal["standard", "cloze"]
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    css: str
    sort_field: int
    mod: int
    stock_kind: int = 0

    @property
    def field_names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck. `markdown` says how Anki reads the description; a filtered deck borrows its cards."""

    id: int
    name: str
    description: str = ""
    markdown: bool = False
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note. `tags` are as written, in the package's order; `fields` are HTML."""

    id: int
    guid: str
    note_type_id: int
    mod: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A card. `due` of a new card (`type` and `queue` 0) is its place in the queue."""

    id: int
    note_id: int
    deck_id: int
    ordinal: int
    due: int
    type: int
    queue: int
    reps: int


@dataclass(frozen=True)
class MediaFile:
    """A file of the media list. `size` is in bytes, unpacked; `member` is its name in the zip.

    `present` is False for a file that the list names and the zip lacks: its size is what the list
    says, and its content cannot be read.
    """

    name: str
    size: int
    member: str
    present: bool
    archive: Archive = field(repr=False, compare=False)
    zstd: bool = False

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal digest of the content, read on first use. Raises PackageError."""
        return self.archive.digest(self.member, zstd=self.zstd)

    def read(self, limit: int = 1 << 26) -> bytes:
        """The content, if it is no longer than `limit` bytes. Raises PackageError."""
        return self.archive.read(self.member, limit=limit, zstd=self.zstd)


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something wrong with the file itself that did not stop the reading.

    `serious` means that Anki refuses the package, or that part of it does not arrive.
    """

    code: str
    message: str
    serious: bool = True


@dataclass(frozen=True, slots=True)
class Package:
    """A whole package. `version`, `created` and `mod` are the collection's ver, crt and mod."""

    path: Path
    format: Format
    note_types: dict[int, NoteType]
    decks: dict[int, Deck]
    notes: tuple[Note, ...]
    cards: tuple[Card, ...]
    media: dict[str, MediaFile]
    conf: Mapping[str, object]
    version: int
    created: int
    mod: int
    oddities: tuple[Oddity, ...] = ()
