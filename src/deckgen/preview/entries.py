"""The entries of a deck with all that the preview says about each."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deckgen.bank import Entry, Fact, Topic
from deckgen.clozetext import read_by_hand, read_field
from deckgen.compose import plain
from deckgen.deckbuild import Checked
from deckgen.diagnostic import Diagnostic
from deckgen.diff import Change
from deckgen.markup import visible_text
from deckgen.note import Note
from deckgen.preview.cards import CardView, Renderer
from deckgen.preview.since import Since
from deckgen.preview.why import Known, WhyView, explain

_TITLE = 180
_SEARCHED = ("Answer", "Review", "Explanation", "Sources", "Notice", "AsOf", "ReviewBy", "Region")


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry and what became of it. ``note`` and ``cards`` are missing where it has errors.

    ``place`` is the path and line at which it begins; ``text`` is all that a search looks through.
    """

    entry: Entry
    topic: Topic
    title: str
    text: str
    place: tuple[str, int]
    tags: tuple[str, ...]
    note: Note | None = None
    fields: Mapping[str, str] | None = None
    cards: tuple[CardView, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    changes: Sequence[Change] = ()
    why: WhyView | None = None

    @property
    def id(self) -> str:
        return self.entry.id.value


def entry_views(checked: Checked, changed: Since | None, known: Known | None = None) -> Iterator[EntryView]:
    """Every entry that could be read, in the order of the files. ``known``: see `explain`."""
    bank, types = checked.bank, checked.types
    if bank is None or types is None:
        return
    notes = {note.id: note for note in checked.notes}
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in checked.diagnostics:
        if diagnostic.entry is not None:
            found[diagnostic.entry].append(diagnostic)
    renderer = Renderer(types)
    cards = dict(zip(notes, renderer.all_cards(tuple(notes.values())), strict=True))
    pairs = [(entry, notes[entry.id.value]) for _, entry in bank.entries() if entry.id.value in notes]
    why = explain(bank, pairs, known)
    seen = set()
    for topic, entry in bank.entries():
        name = entry.id.value
        if name in seen:
            continue  # an id given twice is an error of the second
        seen.add(name)
        note = notes.get(name)
        fields = renderer.fields(note) if note is not None else None
        title = _title(entry, note, fields)
        yield EntryView(
            entry,
            topic,
            title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…",
            folded(" ".join(_searched(topic, entry, title, fields))),
            (entry.source.path, entry.source.place(entry.start)[0]),
            tuple(dict.fromkeys(tag.value for tag in (*topic.tags, *entry.tags))),
            note,
            fields,
            cards.get(name, ()),
            tuple(found[name]) if name in found else (),
            changed.changes.get(name, ()) if changed is not None else (),
            why.get(name),
        )


class _Bare(dict[int, int | None]):
    """A table for `str.translate` that drops accents and other marks, filled as characters are met."""

    def __missing__(self, character: int) -> int | None:
        kept = None if unicodedata.category(chr(character)).startswith("M") else character
        self[character] = kept
        return kept


_BARE = _Bare()


def folded(text: str) -> str:
    """Text as searched for: lower case, without accents, white space as single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_BARE)
    return " ".join(text.lower().replace("ς", "σ").split())


def _title(entry: Entry, note: Note | None, fields: Mapping[str, str] | None) -> str:
    body = entry.body
    if not isinstance(body, Fact):
        text = visible_text(fields["Question"]) if fields is not None else plain(body.question.value)
    elif note is not None and note.record.text is not None:
        text = note.record.text
    else:
        text = read_by_hand(body.text.value)[0].text if body.by_hand else plain(body.text.value)
    return " ".join(text.split())


def _searched(topic: Topic, entry: Entry, title: str, fields: Mapping[str, str] | None) -> Iterator[str]:
    yield entry.id.value
    yield title
    if fields is None:
        yield from (plain(scalar.value) for key, scalar in entry.texts() if key not in ("fact", "question"))
    else:
        yield visible_text(read_field(fields["Content"])[0]) if "Content" in fields else ""
        yield from (visible_text(fields[name]) for name in _SEARCHED if fields.get(name))
    yield topic.name.value
    yield from (tag.value for tag in (*topic.tags, *entry.tags))
    yield from (citation.node.value for citation in entry.sources)
