"""Faults of note types, templates and decks."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

from deckgen import notetypes
from deckgen.anki_template import render_sides
from deckgen.diagnostic import Severity
from deckgen.inspection.fault import Fault, error, of_type, warning
from deckgen.inspection.rows import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deckgen.apkg import NoteType, Package

ODD_FIELD_NAME = re.compile(r'[:{}"]|^[#/^]')
MAX_TEMPLATE = 1 << 20
MAX_UNCLOSED = 50


def schema_faults(package: Package, now: int) -> Iterator[Fault]:
    """Faults of the package's note types and decks; `now` in seconds."""
    for note_type in package.note_types.values():
        yield from _note_type_faults(note_type, now)
    for name, count in Counter(t.name.casefold() for t in package.note_types.values()).items():
        if count > 1:
            yield warning("note-type-twice", f"{count} note types are named {name!r}")
    yield from _deck_faults(package)


def template_type(note_type: NoteType) -> notetypes.NoteType:
    """The same note type as the renderer takes it."""
    return notetypes.NoteType(
        key=note_type.name,
        id=note_type.id,
        name=note_type.name,
        fields=tuple(notetypes.Field(f.name, f.name, f.id or 0) for f in note_type.fields),
        templates=tuple(notetypes.Template(t.name, t.name, t.id or 0, t.front, t.back) for t in note_type.templates),
        css=note_type.css,
        is_cloze=note_type.kind == "cloze",
        sort_field=note_type.sort_field,
    )


def fit_to_parse(template: str) -> bool:
    """Whether a template can be parsed in short time: Anki's own are far below these bounds."""
    unclosed = template.rpartition("}}")[2].count("{{") + template.rpartition("-->")[2].count("<!--")
    nested = template.count("{{#") + template.count("{{^")
    return len(template) <= MAX_TEMPLATE and unclosed <= MAX_UNCLOSED and nested <= 20 * MAX_UNCLOSED


def _note_type_faults(note_type: NoteType, now: int) -> Iterator[Fault]:
    def fault(severity: Severity, code: str, message: str) -> Fault:
        return of_type(severity, code, message, note_type)

    if note_type.mod > now + DAY:
        yield fault(Severity.ERROR, "mod-in-future", "its time lies in the future: it can never be updated")
    if not note_type.fields or not note_type.templates:
        yield fault(Severity.ERROR, "empty-note-type", "no field or no template: Anki refuses the package")
    for name, count in Counter(field.name.casefold() for field in note_type.fields).items():
        if count > 1:
            yield fault(Severity.ERROR, "field-name-twice", f"{count} fields are named {name!r}")
        if not name:
            yield fault(Severity.ERROR, "field-name-empty", "a field without name: Anki refuses the package")
        if ODD_FIELD_NAME.search(name):
            text = f"Anki changes the field name {name!r}, and templates that use it break"
            yield fault(Severity.ERROR, "field-name-odd", text)
    ids = [*(f.id for f in note_type.fields), *(t.id for t in note_type.templates)]
    if None in ids:
        text = "fields or templates without id: they can never be renamed in a later release"
        yield fault(Severity.WARNING, "no-schema-ids", text)
    if not 0 <= note_type.sort_field < max(1, len(note_type.fields)):
        yield fault(Severity.WARNING, "sort-field", f"there is no field {note_type.sort_field} to sort by")
    for message in template_errors(note_type).values():
        yield fault(Severity.ERROR, "template-error", message)


def template_errors(note_type: NoteType) -> Mapping[int, str]:
    """What Anki would show in place of every card of a template, by the template's ordinal."""
    found = {}
    kind = template_type(note_type)
    fields = dict.fromkeys(note_type.field_names, "{{c1::x}}")
    for ordinal, template in enumerate(kind.templates):
        where = f"the template {template.name!r}"
        if not (fit_to_parse(template.front) and fit_to_parse(template.back)):
            found[ordinal] = f"{where} is longer or more nested than any card needs"
            continue
        if kind.is_cloze and ordinal:
            continue
        fault = render_sides(kind, fields, ordinal).fault
        if fault and "template has a problem" in fault:
            found[ordinal] = f"{where}: {_plain(fault)}"
    return found


def _plain(fault: str) -> str:
    text = fault.partition("<a ")[0].replace("<br>", " ")
    return html.unescape(re.sub("[\u2068\u2069]", "", text)).strip()


def _deck_faults(package: Package) -> Iterator[Fault]:
    used = {card.deck_id for card in package.cards}
    names = Counter(deck.name.casefold() for deck in package.decks.values())
    for deck in package.decks.values():
        if deck.id not in used:
            continue
        if names[deck.name.casefold()] > 1:
            yield error("deck-twice", f"two decks are named {deck.name!r}: one arrives as {deck.name + '_'!r}")
        if "" in (part.strip() for part in deck.name.split("::")):
            yield warning("deck-name-empty-part", f"Anki calls the empty part of {deck.name!r} 'blank'")
