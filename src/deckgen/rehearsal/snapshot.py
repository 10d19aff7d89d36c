"""The state of a collection at one moment, in plain values that can be compared."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.inspection.media import field_media, template_media

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from anki.collection import Collection

    from deckgen.rehearsal.profile import Profile

# Anki adds this to the name of a media file if the learner has another file of that name.
ADDED_HASH = re.compile(r"-[0-9a-f]{40}(?=\.\w+)")
SCHEDULE = ("type", "queue", "due", "ivl", "factor", "reps", "lapses", "left", "odue", "odid", "data")


@dataclass(frozen=True, slots=True)
class NoteState:
    """A note in the collection; `mod` in seconds."""

    id: int
    type_id: int
    mod: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def content(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Fields and tags as far as they matter: tags without case, media without the hash Anki adds."""
        fields = tuple(ADDED_HASH.sub("", text) for text in self.fields)
        return fields, tuple(sorted(tag.casefold() for tag in self.tags))

    @property
    def media(self) -> tuple[str, ...]:
        """The media files that the fields name."""
        return tuple(dict.fromkeys(name for text in self.fields for name in field_media(text)))


@dataclass(frozen=True, slots=True)
class CardState:
    """A card in the collection; `schedule` holds the values of the columns SCHEDULE."""

    id: int
    guid: str
    ordinal: int
    deck: str
    flags: int
    reps: int
    queue: int
    schedule: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class TypeState:
    """The parts of a note type that a release can change."""

    name: str
    kind: int
    css: str
    mod: int
    sort_field: int
    fields: tuple[tuple[str, int | None], ...]
    templates: tuple[tuple[str, int | None, str, str], ...]

    @property
    def design(self) -> tuple[object, ...]:
        """What a learner sees of it."""
        return (
            self.name,
            self.css,
            [name for name, _ in self.fields],
            [(t[0], t[2], t[3]) for t in self.templates],
        )

    def fits(self, other: TypeState) -> bool:
        """Whether Anki takes both for one note type at an import: number, order and ids, else names."""
        pairs = [*zip(self.fields, other.fields, strict=False)]
        pairs += [(a[:2], b[:2]) for a, b in zip(self.templates, other.templates, strict=False)]
        counts = len(self.fields), len(self.templates)
        return (
            (len(other.fields), len(other.templates)) == counts
            and self.kind == other.kind
            and all(a[1] == b[1] if None not in {a[1], b[1]} else a[0] == b[0] for a, b in pairs)
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A collection: notes by guid, cards, reviews and note types by id, media digests by name.

    `sides` are question and answer as Anki renders them, by card id. `schema` changes when Anki would have
    to do a full sync. Where two notes have one guid, the first counts.
    """

    notes: Mapping[str, NoteState]
    cards: Mapping[int, CardState]
    reviews: Mapping[int, tuple[object, ...]]
    types: Mapping[int, TypeState]
    media: Mapping[str, str]
    sides: Mapping[int, tuple[str, str]]
    schema: int

    def template_names(self, type_ids: Iterable[int]) -> set[str]:
        """The `_` files that these note types name."""
        found = set()
        for number in type_ids:
            kind = self.types[number]
            for text in (kind.css, *(side for t in kind.templates for side in t[2:])):
                found |= {name for name in template_media(text) if name.startswith("_")}
        return found


def take_snapshot(profile: Profile, *, earlier: Snapshot | None = None, rendered: bool = True) -> Snapshot:
    """The state of a collection now.

    Cards that are as in an `earlier` snapshot, with note and note type, are not rendered again; without
    `rendered` none are.
    """
    col = profile.col
    rows = profile.rows("select guid, id, mid, mod, tags, flds from notes order by id desc")
    notes = {
        guid: NoteState(number, kind, mod, tuple(tags.split()), tuple(fields.split("\x1f")))
        for guid, number, kind, mod, tags, fields in rows
    }
    cards, types = _cards(profile), _types(col)
    same = earlier is not None and earlier.types == types
    known = {
        card.id: earlier.sides[card.id]
        for card in cards.values()
        if same and earlier and earlier.cards.get(card.id) == card and earlier.notes[card.guid] == notes[card.guid]
    }
    return Snapshot(
        notes=notes,
        cards=cards,
        reviews={row[0]: tuple(row) for row in profile.rows("select * from revlog")},
        types=types,
        media=_media(Path(col.media.dir())),
        sides={number: known.get(number) or _sides(col, number) for number in cards if rendered},
        schema=profile.values("select scm from col")[0],
    )


def _cards(profile: Profile) -> dict[int, CardState]:
    decks = {deck.id: deck.name for deck in profile.col.decks.all_names_and_ids()}
    columns = ", ".join(f"c.{name}" for name in SCHEDULE)
    rows = profile.rows(
        f"select c.id, n.guid, c.ord, c.did, c.flags, {columns}"  # noqa: S608 (names from above)
        " from cards c join notes n on n.id = c.nid order by c.id"
    )
    found = {}
    for number, guid, ordinal, deck, flags, *schedule in rows:
        state = dict(zip(SCHEDULE, schedule, strict=True))
        found[number] = CardState(
            number,
            guid,
            ordinal,
            decks.get(deck, ""),
            flags & 7,
            state["reps"],
            state["queue"],
            tuple(schedule),
        )
    return found


def _types(col: Collection) -> dict[int, TypeState]:
    found = {}
    for entry in col.models.all_names_and_ids():
        kind = col.models.get(entry.id)  # type: ignore[arg-type]  # the library's own number type
        if kind is not None:
            found[entry.id] = TypeState(
                kind["name"],
                kind["type"],
                kind["css"],
                kind["mod"],
                kind["sortf"],
                tuple((f["name"], f.get("id")) for f in kind["flds"]),
                tuple((t["name"], t.get("id"), t["qfmt"], t["afmt"]) for t in kind["tmpls"]),
            )
    return found


def _sides(col: Collection, number: int) -> tuple[str, str]:
    output = col.get_card(number).render_output()  # type: ignore[arg-type]
    return output.question_text, output.answer_text


def _media(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()
    }
