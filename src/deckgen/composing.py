"""All entries of a deck to notes, file by file: from the shelf where nothing changed, else by all processors.

What a file's notes depend on: its text, the deck's settings, sources and glossary, what the lock knows of its
entries, and the media it names. Where the generator was asked to choose blanks they depend on the words of all other
files too, and are not kept; the next run finds them in the lock.

Who wants to know what the rules say of each file has them look at the notes where these were made; the notes
themselves are then fetched only where they are asked for.
"""

from __future__ import annotations

import functools
import json
import marshal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

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
    from deckgen.filewise import Filewise, Looked

MANY = 1500
"""Entries from which on it pays to fork."""
Data = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Composed:
    """The notes of one file, in the order of its entries, None where one could not be made; and what was said."""

    notes: tuple[Note | None, ...]
    doubts: tuple[Diagnostic, ...]
    media: tuple[tuple[str, str | None], ...]
    """Every media file that was asked for, with the name it was given in the package."""
    lasting: bool
    """Whether it depends on nothing but what the key on the shelf is made of."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was said of one file, what the rules saw there if they were to look, and the way to its notes."""

    doubts: tuple[Diagnostic, ...]
    media: tuple[tuple[str, str | None], ...]
    lasting: bool
    looked: Looked | None
    notes: Callable[[], tuple[Note | None, ...]]


def compose_topics(
    topics: Sequence[Topic], around: Surroundings, shelf: Shelf, bar: Bar, rules: Filewise | None = None
) -> Iterator[tuple[Topic, Seen]]:
    """The notes of all files, in the order of the files, as ``rules`` see them."""
    bar.begin("composing", sum(len(topic.entries) for topic in topics))
    shared = _shared(around)
    keys = [_key(shelf, topic, around, shared) if shelf.keeps else "" for topic in topics]
    workshop = _Workshop(around, shelf, rules)
    known = [workshop.known(key, topic) for key, topic in zip(keys, topics, strict=True)]
    fresh = workshop.fresh([(key, topic) for key, topic, made in zip(keys, topics, known, strict=True) if made is None])
    for topic, made in zip(topics, known, strict=True):
        yield topic, next(fresh) if made is None else made
        bar.step(len(topic.entries))
    entries = sum(len(topic.entries) for topic in topics)
    kept = sum(len(topic.entries) for topic, made in zip(topics, known, strict=True) if made is not None)
    bar.did(f"entries: {entries - kept:,} composed, {kept:,} taken from the cache")


class _Workshop:
    """Files become notes here, and the rules look at them. A task is a topic with its key on the shelf."""

    def __init__(self, around: Surroundings, shelf: Shelf, rules: Filewise | None) -> None:
        self.around, self.shelf, self.rules = around, shelf, rules
        self.storing = shelf.keeps and around.lock is not None
        """Without a lock, notes are no use to the next run: its lock will know of them."""

    def known(self, key: str, topic: Topic) -> Seen | None:
        """A file for which nothing is left to be done."""
        notes = self.shelf.get(key)
        if self.rules is None:
            composed = self.kept(key, topic)
            return None if composed is None else self.seen(topic, composed, None)
        view = self.shelf.get(self.view_key(key))
        seen = None if view is None else self.unpacked(topic, notes, view)
        return seen if seen is not None and self.lasts(seen.media) else None

    def kept(self, key: str, topic: Topic) -> Composed | None:
        """The notes that an earlier run made, if they still hold."""
        data = self.shelf.get(key)
        composed = None if data is None else _from_bytes(data, topic)
        return composed if composed is not None and self.lasts(composed.media) else None

    def lasts(self, media: Sequence[tuple[str, str | None]]) -> bool:
        return all(self.around.media(name) == packaged for name, packaged in media)

    def view_key(self, key: str) -> str:
        assert self.rules is not None
        return self.shelf.key("view", key, self.rules.key) if self.shelf.keeps else ""

    def fresh(self, waiting: Sequence[tuple[str, Topic]]) -> Iterator[Seen]:
        """All other files, in the order given."""
        topics = [topic for _, topic in waiting]
        workers = processors() if sum(len(topic.entries) for topic in topics) >= MANY else 1
        if workers > 1 and any(_needs_choice(entry, self.around) for topic in topics for entry in topic.entries):
            self.around.engine()  # once, before the workers are forked
        outcomes = spread(waiting, self.work, self.packed, workers)
        for (key, topic), outcome in zip(waiting, outcomes, strict=True):
            notes: bytes | None = None
            view: bytes | None = None
            if isinstance(outcome, bytes):
                notes, view = from_bytes(outcome)
                seen = self.unpacked(topic, notes, view)
            else:
                seen = self.seen(topic, *outcome, few=workers == 1)
                if self.shelf.keeps and seen.lasting:
                    notes, view = self.parts(topic, *outcome)
            for name, _ in seen.media:
                self.around.media(name)
            if seen.lasting and notes is not None and self.storing:
                self.shelf.put(key, notes)
            if seen.lasting and view is not None and self.shelf.keeps:
                self.shelf.put(self.view_key(key), view)
            yield seen

    def work(self, task: tuple[str, Topic]) -> tuple[Composed, Looked | None]:
        key, topic = task
        composed = (self.kept(key, topic) if self.rules is not None else None) or _topic(topic, self.around)
        return composed, None if self.rules is None else self.rules.look(topic, composed.notes)

    def packed(self, task: tuple[str, Topic], made: tuple[Composed, Looked | None]) -> bytes:
        return to_bytes(self.parts(task[1], *made))

    def parts(self, topic: Topic, composed: Composed, looked: Looked | None) -> tuple[bytes | None, bytes | None]:
        """The notes of a file, where anyone needs them, and what the rules saw, as bytes."""
        notes = (composed.notes, composed.doubts, composed.media, composed.lasting)
        notes_data = to_bytes(notes, topic.source) if looked is None or self.storing else None
        if looked is None:
            return notes_data, None
        view = (*notes[1:], (looked.found, looked.traces, looked.media, looked.unsound))
        return notes_data, to_bytes(view, topic.source)

    def unpacked(self, topic: Topic, notes: Data | None, view: Data | None) -> Seen:
        if view is None:
            assert notes is not None
            return self.seen(topic, _from_bytes(notes, topic), None)
        doubts, media, lasting, looked = from_bytes(view, topic.source)
        return Seen(doubts, media, lasting, _looked(*looked), functools.partial(self.again, topic, notes))

    def seen(self, topic: Topic, composed: Composed, looked: Looked | None, *, few: bool = True) -> Seen:
        """``few`` keeps the notes at hand, even if none may be wanted."""
        notes = (lambda: composed.notes) if few or looked is None else functools.partial(self.again, topic, None)
        return Seen(composed.doubts, composed.media, composed.lasting, looked, notes)

    def again(self, topic: Topic, data: Data | None) -> tuple[Note | None, ...]:
        """Notes that were let go: few of them are ever needed again."""
        return (_topic(topic, self.around) if data is None else _from_bytes(data, topic)).notes


def _looked(*parts: Any) -> Looked:
    from deckgen.filewise import Looked  # noqa: PLC0415 - the rules are many modules, and most builds need none

    return Looked(*parts)


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


def _from_bytes(data: Data, topic: Topic) -> Composed:
    return Composed(*from_bytes(data, topic.source))


def _shared(around: Surroundings) -> str:
    """All that the notes of every file depend on, besides their own file."""
    bank = around.bank
    sources = (bank.settings.source, bank.works_source, bank.glossary_source)
    texts = [None if source is None else source.text for source in sources]
    return json.dumps([texts, sorted(around.questions.items()), around.recloze])


def _key(shelf: Shelf, topic: Topic, around: Surroundings, shared: str) -> str:
    records = [_facts(record_of(entry, around.lock)) for entry in topic.entries]
    known = marshal.dumps(records, _WITHOUT_REFERENCES).hex()
    return shelf.key("notes", topic.source.path, topic.stem, topic.source.text, shared, known)


_WITHOUT_REFERENCES = 0
"""The format of `marshal` in which equal values are equal bytes."""


def _facts(record: NoteRecord | None) -> tuple[object, ...] | None:
    """What a note takes from its line of the lock: not the hash and the time."""
    if record is None:
        return None
    answers = [(a.number, a.texts, a.places, a.hint) for a in record.answers]
    retired = [(a.number, a.texts, a.places, a.hint) for a in record.retired] if record.retired else None
    return record.id, record.guid, record.text, record.changed, record.was, answers, retired
