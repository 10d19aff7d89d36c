"""The cards of a note as Anki renders them, made small for a web site.

The script at the end of each side is the same on all of them and larger than most cards, so a side holds an empty
script element in its place; the page puts `card_script` back before it shows a side.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deckgen.anki_template import render_sides
from deckgen.markup import visible_text
from deckgen.note import Note
from deckgen.notetypes import NoteType
from deckgen.persist import from_bytes, to_bytes
from deckgen.preview.formulas import with_mathml
from deckgen.workers import processors, spread

MANY = 1500
"""Notes from which on it pays to fork."""
_AT_ONCE = 100

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
NO_SCRIPT = "<script></script>"
"""What stands where `card_script` belongs. The text of a note cannot hold it: ``<`` is written as an entity."""
_SOUND = re.compile(r"\[sound:([^\]]+)\]")
_TYPE_BOX = "[[type:Typed]]"
_INPUT = '<center><input type="text" id="typeans"></center>'


@dataclass(frozen=True, slots=True)
class CardView:
    """A card: its number from 1, what it is called, and both sides. ``retired``: it is no longer asked."""

    number: int
    name: str
    front: str
    back: str
    retired: bool = False


class Renderer:
    """Renders the cards of one deck's notes."""

    def __init__(self, types: Mapping[str, NoteType]) -> None:
        self.types = {key: _lean(kind) for key, kind in types.items()}
        self.names = {key: [field.name for field in kind.fields] for key, kind in types.items()}

    def fields(self, note: Note) -> dict[str, str]:
        """The fields of a note by name."""
        return dict(zip(self.names[note.type_key], note.fields, strict=True))

    def cards(self, note: Note, fields: Mapping[str, str]) -> tuple[CardView, ...]:
        """The cards of a note in the order of their numbers."""
        kind = self.types[note.type_key]
        tags = " ".join(note.tags)
        views = []
        for ordinal in note.ordinals:
            sides = render_sides(kind, fields, ordinal, deck=note.deck, tags=tags)
            front, back = sides.front, sides.back
            if fields.get("Typed"):
                front = front.replace(_TYPE_BOX, _INPUT)
                back = back.replace(_TYPE_BOX, f"<code id=typeans>{html.escape(visible_text(fields['Typed']))}</code>")
            views.append(
                CardView(
                    ordinal + 1,
                    kind.templates[ordinal].name if not kind.is_cloze and len(kind.templates) > 1 else "",
                    with_players(with_mathml(front)),
                    with_players(with_mathml(back)),
                    ordinal in note.retired,
                )
            )
        return tuple(views)

    def all_cards(self, notes: Sequence[Note]) -> Iterator[tuple[CardView, ...]]:
        """The cards of each note, in order, rendered by all processors where there are many."""
        parts = [notes[start : start + _AT_ONCE] for start in range(0, len(notes), _AT_ONCE)]
        workers = processors() if len(notes) >= MANY else 1
        for made in spread(parts, self._several, lambda _, views: to_bytes(_plain(views)), workers):
            yield from _views(from_bytes(made)) if isinstance(made, bytes) else made

    def _several(self, notes: Sequence[Note]) -> list[tuple[CardView, ...]]:
        return [self.cards(note, self.fields(note)) for note in notes]


_Plain = list[list[tuple[int, str, str, str, bool]]]


def _plain(several: list[tuple[CardView, ...]]) -> _Plain:
    return [[(it.number, it.name, it.front, it.back, it.retired) for it in views] for views in several]


def _views(several: _Plain) -> list[tuple[CardView, ...]]:
    return [tuple(CardView(*it) for it in views) for views in several]


def with_players(side: str) -> str:
    """A side whose sounds can be played; Anki shows a button and plays them by itself."""
    return _SOUND.sub(r'<audio controls src="\1"></audio>', side) if "[sound:" in side else side


def card_script(types: Mapping[str, NoteType]) -> str:
    """The script that all sides of a deck's cards share."""
    found = {text for kind in types.values() for t in kind.templates for text in _SCRIPT.findall(t.front + t.back)}
    assert len(found) == 1
    return str(found.pop())


def _lean(kind: NoteType) -> NoteType:
    lean = (
        replace(template, front=_SCRIPT.sub(NO_SCRIPT, template.front), back=_SCRIPT.sub(NO_SCRIPT, template.back))
        for template in kind.templates
    )
    return replace(kind, templates=tuple(lean))
