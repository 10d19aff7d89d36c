"""The entries of a deck with all that the preview says about each."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deckgen.bank import Entry, Fact, Topic
from deckgen.clozetext import read_by_hand
from deckgen.compose import plain
from deckgen.deckbuild import Checked
from deckgen.diagnostic import Diagnostic
from deckgen.diff import Change
from deckgen.markup import visible_text
from deckgen.note import Note
from deckgen.preview.cards import CardView, Renderer
from deckgen.preview.since import Since
from deckgen.preview.why import Explainer, Known, WhyView

_TITLE = 180
_SEARCHED_IN_NOTES = ("Sources", "Notice", "AsOf", "ReviewBy", "Region")


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
    """Every entry that could be read, in the order of the files. ``known``: see `Explainer`."""
    bank, types = checked.bank, checked.types
    if bank is None or types is None:
        return
    notes = {note.id: note for note in checked.notes}
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in checked.diagnostics:
        if diagnostic.entry is not None:
            found[diagnostic.entry].append(diagnostic)
    renderer, explainer = Renderer(types), Explainer(bank, known)
    seen = set()
    for topic, entry in bank.entries():
        name = entry.id.value
        if name in seen:
            continue  # an id given twice is an error of the second
        seen.add(name)
        note = notes.get(name)
        fields = renderer.fields(note) if note is not None else None
        title = _title(entry, note)
        yield EntryView(
            entry,
            topic,
            title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…",
            folded(" ".join(_searched(topic, entry, title, fields))),
            (entry.source.path, entry.source.place(entry.start)[0]),
            tuple(dict.fromkeys(tag.value for tag in (*topic.tags, *entry.tags))),
            note,
            fields,
            renderer.cards(note, fields) if note is not None and fields is not None else (),
            tuple(found[name]) if name in found else (),
            changed.changes.get(name, ()) if changed is not None else (),
            explainer.why(entry, note) if note is not None else None,
        )


def folded(text: str) -> str:
    """Text as searched for: lower case, without accents, white space as single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c)).replace("ς", "σ")
    return " ".join(text.lower().split())


def _title(entry: Entry, note: Note | None) -> str:
    body = entry.body
    if not isinstance(body, Fact):
        return plain(body.question.value)
    text = note.record.text if note is not None else None
    if text is None:
        text = read_by_hand(body.text.value)[0].text if body.by_hand else plain(body.text.value)
    return " ".join(text.split())


def _searched(topic: Topic, entry: Entry, title: str, fields: Mapping[str, str] | None) -> Iterator[str]:
    yield entry.id.value
    yield title
    for key, scalar in entry.texts():
        if key not in ("fact", "question"):
            yield plain(scalar.value)
    yield topic.name.value
    yield from (tag.value for tag in (*topic.tags, *entry.tags))
    yield from (citation.node.value for citation in entry.sources)
    for name in _SEARCHED_IN_NOTES:
        value = (fields or {}).get(name, "")
        if value:
            yield visible_text(value)
