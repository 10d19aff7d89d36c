"""All entries of a deck to notes, file by file: from the shelf where nothing changed, else by all processors.

What a file's notes depend on: its text, the deck's settings, sources and glossary, what the lock knows of its
entries, and the media it names. Where the generator was asked to choose blanks they depend on the words of all other
files too, and are not kept; the next run finds them in the lock.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deckgen.bank import Entry, Fact, Topic
from deckgen.bar import Bar
from deckgen.compose import compose, record_of
from deckgen.diagnostic import Diagnostic
from deckgen.lock import NoteRecord
from deckgen.note import Note
from deckgen.persist import from_bytes, to_bytes
from deckgen.shelf import Shelf
from deckgen.surroundings import Surroundings
from deckgen.workers import processors, spread

if TYPE_CHECKING:
    from deckgen.cloze import Engine

MANY = 1500
"""Entries from which on it pays to fork."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The notes of one file, in the order of its entries, None where one could not be made; and what was said."""

    notes: tuple[Note | None, ...]
    doubts: tuple[Diagnostic, ...]
    media: tuple[tuple[str, str | None], ...]
    """Every media file that was asked for, with the name it was given in the package."""
    lasting: bool
    """Whether it depends on nothing but what the key on the shelf is made of."""


def compose_topics(
    topics: Sequence[Topic], around: Surroundings, shelf: Shelf, bar: Bar
) -> Iterator[tuple[Topic, Composed]]:
    """The notes of all files, in the order of the files."""
    bar.begin("composing", sum(len(topic.entries) for topic in topics))
    shared = _shared(around)
    keys = [_key(shelf, topic, around, shared) if shelf.keeps else "" for topic in topics]
    known = [_known(shelf, key, topic, around) for key, topic in zip(keys, topics, strict=True)]
    waiting = [topic for topic, made in zip(topics, known, strict=True) if made is None]
    fresh = _compose(waiting, around, shelf)
    for key, topic, made in zip(keys, topics, known, strict=True):
        if made is not None:
            yield topic, made
        else:
            composed, data = next(fresh)
            for name, _ in composed.media:
                around.media(name)
            if data is not None and composed.lasting and around.lock is not None:
                shelf.put(key, data)
            yield topic, composed
        bar.step(len(topic.entries))
    entries = sum(len(topic.entries) for topic in topics)
    kept = sum(len(topic.entries) for topic, made in zip(topics, known, strict=True) if made is not None)
    bar.did(f"entries: {entries - kept:,} composed, {kept:,} taken from the cache")


def _compose(topics: Sequence[Topic], around: Surroundings, shelf: Shelf) -> Iterator[tuple[Composed, bytes | None]]:
    entries = sum(len(topic.entries) for topic in topics)
    workers = processors() if entries >= MANY else 1
    storing = shelf.keeps and around.lock is not None
    if workers > 1 and any(_needs_choice(entry, around) for topic in topics for entry in topic.entries):
        around.engine()  # once, before the workers are forked
    outcomes = spread(topics, lambda topic: _topic(topic, around), _to_bytes, workers)
    for topic, outcome in zip(topics, outcomes, strict=True):
        if isinstance(outcome, bytes):
            yield _from_bytes(outcome, topic), outcome
        else:
            yield outcome, _to_bytes(topic, outcome) if storing else None


def _needs_choice(entry: Entry, around: Surroundings) -> bool:
    return isinstance(entry.body, Fact) and not entry.body.by_hand and record_of(entry, around.lock) is None


def _topic(topic: Topic, around: Surroundings) -> Composed:
    asked: dict[str, str | None] = {}
    chosen: list[bool] = []

    def media(name: str) -> str | None:
        asked[name] = around.media(name)
        return asked[name]

    def engine() -> Engine:
        chosen.append(True)
        return around.engine()

    watched = replace(around, media=media, engine=engine)
    notes, doubts = [], []
    for entry in topic.entries:
        note, found = compose(topic, entry, watched)
        notes.append(note)
        doubts += found
    return Composed(tuple(notes), tuple(doubts), tuple(asked.items()), not chosen)


def _to_bytes(topic: Topic, made: Composed) -> bytes:
    return to_bytes((made.notes, made.doubts, made.media, made.lasting), topic.source)


def _from_bytes(data: bytes | memoryview, topic: Topic) -> Composed:
    return Composed(*from_bytes(data, topic.source))


def _known(shelf: Shelf, key: str, topic: Topic, around: Surroundings) -> Composed | None:
    data = shelf.get(key)
    if data is None:
        return None
    made = _from_bytes(data, topic)
    return made if all(around.media(name) == packaged for name, packaged in made.media) else None


def _shared(around: Surroundings) -> str:
    """All that the notes of every file depend on, besides their own file."""
    bank = around.bank
    sources = (bank.settings.source, bank.works_source, bank.glossary_source)
    texts = [None if source is None else source.text for source in sources]
    return json.dumps([texts, sorted(around.questions.items()), around.recloze])


def _key(shelf: Shelf, topic: Topic, around: Surroundings, shared: str) -> str:
    records = [_facts(record_of(entry, around.lock)) for entry in topic.entries]
    return shelf.key("notes", topic.source.path, topic.stem, topic.source.text, shared, json.dumps(records))


def _facts(record: NoteRecord | None) -> list[object] | None:
    """What a note takes from its line of the lock: not the hash and the time."""
    if record is None:
        return None
    answers = [[(a.number, a.texts, a.places, a.hint) for a in part] for part in (record.answers, record.retired)]
    return [record.id, record.guid, record.text, record.changed, record.was, answers]
