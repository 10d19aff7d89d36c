"""Note types, decks and settings of the old format: JSON in the single row of the table `col`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.apkg.package import Deck, Field, NoteType, Template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.apkg.shape import Shape


def note_types(text: object, shape: Shape) -> dict[int, NoteType]:
    """The note types in the JSON of `col.models`. Raises PackageError."""
    found = {}
    for key, value in shape.mapping(shape.json(text, "the list of note types"), "the list of note types").items():
        where = f"note type {key}"
        note_type = _note_type(shape.mapping(value, where), where, shape)
        found[note_type.id] = note_type
    return found


def decks(text: object, shape: Shape) -> dict[int, Deck]:
    """The decks in the JSON of `col.decks`. Raises PackageError."""
    found = {}
    for key, value in shape.mapping(shape.json(text, "the list of decks"), "the list of decks").items():
        where = f"deck {key}"
        raw = shape.mapping(value, where)
        deck = Deck(
            id=shape.integer(raw.get("id", key), f"the id of {where}"),
            name=shape.text(raw.get("name"), f"the name of {where}").replace("\x1f", "::"),
            description=shape.text(raw.get("desc") or "", f"the description of {where}"),
            markdown=bool(raw.get("md")),
            filtered=bool(raw.get("dyn")),
        )
        found[deck.id] = deck
    return found


def conf(text: object, shape: Shape) -> Mapping[str, object]:
    """The collection's settings. Raises PackageError."""
    return shape.mapping(shape.json(text or "{}", "the collection's settings"), "the collection's settings")


def _note_type(raw: dict[str, object], where: str, shape: Shape) -> NoteType:
    return NoteType(
        id=shape.integer(raw.get("id"), f"the id of {where}"),
        name=shape.text(raw.get("name"), f"the name of {where}"),
        kind="cloze" if shape.integer(raw.get("type"), f"the kind of {where}", 0) == 1 else "standard",
        fields=tuple(
            Field(shape.text(field.get("name"), f"a field name of {where}"), _id(field, where, shape))
            for field in shape.items(raw.get("flds"), f"the fields of {where}")
        ),
        templates=tuple(
            Template(
                name=shape.text(template.get("name"), f"a template name of {where}"),
                front=shape.text(template.get("qfmt"), f"a front template of {where}"),
                back=shape.text(template.get("afmt"), f"a back template of {where}"),
                id=_id(template, where, shape),
            )
            for template in shape.items(raw.get("tmpls"), f"the templates of {where}")
        ),
        css=shape.text(raw.get("css"), f"the CSS of {where}"),
        sort_field=shape.integer(raw.get("sortf"), f"the sort field of {where}", 0),
        mod=shape.integer(raw.get("mod"), f"the time of {where}", 0),
        stock_kind=shape.integer(raw.get("originalStockKind"), f"the stock kind of {where}", 0),
    )


def _id(raw: dict[str, object], where: str, shape: Shape) -> int | None:
    value = raw.get("id")
    return None if value is None else shape.integer(value, f"a field or template id of {where}")
