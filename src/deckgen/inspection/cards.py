"""Faults that show on cards: blank fronts, cloze numbers without card, cards without cloze number."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from deckgen.anki_filters import DEEPEST_CLOZE, cloze_numbers
from deckgen.anki_template import card_ordinals
from deckgen.inspection.fault import Fault, error, warning
from deckgen.inspection.rows import HIGHEST_ORDINAL
from deckgen.inspection.schema import template_errors, template_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen import notetypes
    from deckgen.apkg import Note, NoteType, Package

BRACES = re.compile(r"\{\{c[0-9,]+::|\}\}")
CLOZE_FIELD = re.compile(r"\{\{(?:[^{}]*:)?cloze(?:-only)?:(?:[^{}]*:)?([^{}:]+)\}\}")
SPACES = re.compile(r"&nbsp;|\u00a0")


def card_faults(package: Package) -> Iterator[Fault]:
    """Faults of the cards of every note whose note type and field count are in order."""
    ordinals: dict[int, set[int]] = defaultdict(set)
    for card in package.cards:
        ordinals[card.note_id].add(card.ordinal)
    rendered = {number: _renderable(kind) for number, kind in package.note_types.items()}
    shown = {number: _cloze_fields(kind) for number, kind in package.note_types.items()}
    for note in package.notes:
        kind = package.note_types.get(note.note_type_id)
        template = rendered.get(note.note_type_id)
        if kind is None or template is None or len(note.fields) != len(kind.fields):
            continue
        yield from _depth_faults(note, kind)
        if kind.kind == "cloze":
            yield from _cloze_faults(note, kind, ordinals[note.id], shown[kind.id])
        else:
            yield from _standard_faults(note, template, kind, ordinals[note.id])


def _renderable(kind: NoteType) -> notetypes.NoteType | None:
    """The note type for the renderer; None if a template of it is broken, which is a fault of its own."""
    return None if template_errors(kind) else template_type(kind)


def _cloze_fields(kind: NoteType) -> set[str]:
    """The fields whose clozes the front shows."""
    return {name.strip() for template in kind.templates[:1] for name in CLOZE_FIELD.findall(template.front)}


def _standard_faults(note: Note, template: notetypes.NoteType, kind: NoteType, present: set[int]) -> Iterator[Fault]:
    fields = dict(zip(kind.field_names, note.fields, strict=True))
    wanted = set(card_ordinals(template, fields, tags=" ".join(note.tags)))
    known = {ordinal for ordinal in present if 0 <= ordinal < len(kind.templates)}
    for ordinal in sorted(known - wanted):
        yield error("blank-front", "the front of this card is blank", note, ordinal)
    for ordinal in sorted(wanted - present):
        name = kind.templates[ordinal].name
        text = f"no card of {name!r}, which Anki adds when the note is next edited"
        yield error("card-missing", text, note, ordinal)
    if any(SPACES.search(value) for value in note.fields):
        spaced = {name: SPACES.sub(" ", value) for name, value in fields.items()}
        for ordinal in sorted(known & (wanted - set(card_ordinals(template, spaced)))):
            yield warning("blank-front", "the front shows nothing but spaces", note, ordinal)


def _cloze_faults(note: Note, kind: NoteType, present: set[int], shown: set[str]) -> Iterator[Fault]:
    fields = dict(zip(kind.field_names, note.fields, strict=True))
    everywhere = {number for value in fields.values() for number in cloze_numbers(value)}
    visible = {number for name, value in fields.items() if name in shown for number in cloze_numbers(value)}
    for ordinal in sorted(present):
        number = ordinal + 1
        if ordinal < 0 or ordinal > HIGHEST_ORDINAL:
            continue
        if number not in everywhere:
            yield error("no-cloze", f"No cloze {number} found on card", note, ordinal)
        elif number not in visible:
            text = f"cloze {number} is in a field that the front does not show as a cloze"
            yield error("blank-front", text, note, ordinal)
    for number in sorted(everywhere):
        if number > HIGHEST_ORDINAL + 1:
            text = f"cloze number {number}: the highest is {HIGHEST_ORDINAL + 1}"
            yield error("cloze-number-too-high", text, note)
        elif number - 1 not in present:
            text = f"no card of cloze {number}, which Anki adds when the note is next edited"
            yield error("card-missing", text, note, number - 1)


def _depth_faults(note: Note, kind: NoteType) -> Iterator[Fault]:
    if kind.kind != "cloze":
        return
    for name, value in zip(kind.field_names, note.fields, strict=True):
        depth = deepest = 0
        for match in BRACES.finditer(value):
            depth = max(0, depth - 1) if match[0] == "}}" else depth + 1
            deepest = max(deepest, depth)
        if deepest > DEEPEST_CLOZE:
            text = f"clozes nested {deepest} deep in {name!r}; Anki renders {DEEPEST_CLOZE}"
            yield error("cloze-too-deep", text, note)
