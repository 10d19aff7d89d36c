"""A build's notes and the last lock to the next lock: times, and what must not happen to a released deck.

Only notes whose content changed get a new time. Every gate says why it is there and what the way out is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from deckgen.bank import Bank, Entry
from deckgen.diagnostic import Diagnostic, Label, Severity
from deckgen.lock import NEXT, Lock, NoteRecord, TypeRecord
from deckgen.names import nearest
from deckgen.note import Note, guid
from deckgen.notetypes import NoteType
from deckgen.source import Source, Span

_DAY = 86400


@dataclass(frozen=True, slots=True)
class Updated:
    """Notes with their times, in the order given, and the lock that goes with them."""

    notes: tuple[Note, ...]
    lock: Lock


def build_time(now: int, epoch: int | None, lock: Lock | None) -> int:
    """The time of what changes in this build: that of the build, or ``SOURCE_DATE_EPOCH``; later than all before."""
    chosen = now if epoch is None else min(epoch, now)
    return chosen if lock is None else max(chosen, lock.latest + 1)


def update(
    notes: Sequence[Note],
    types: Mapping[str, NoteType],
    bank: Bank,
    lock: Lock | None,
    time: int,
    *,
    release: bool = False,
) -> Updated:
    """Give every note and note type its time and make the next lock.

    A ``release`` gives its own time to all that changed since the last one: a learner may have imported or
    edited in between, and Anki passes over what is older than that.
    """
    pending = lock.released_at if release and lock is not None else None
    timed = tuple(_timed(note, _earlier(note, lock), time, pending) for note in notes)
    used = {note.type_key for note in timed}
    records = {
        key: _type_record(types[key], lock.types.get(key) if lock else None, time, pending) for key in sorted(used)
    }
    settings = bank.settings
    decks = {note.deck for note in timed} | {settings.name.value}
    return Updated(
        timed,
        Lock(
            settings.id.value,
            lock.created if lock else time,
            settings.release if release else lock.released if lock else None,
            time if release else lock.released_at if lock else 0,
            tuple(sorted(decks | set(lock.decks if lock else ()))),
            records,
            {note.id: note.record for note in timed},
        ),
    )


def unreleased(lock: Lock) -> Lock:
    """A lock before its first release: nobody has a card that was retired or an answer that was changed."""
    notes = {name: replace(record, retired=(), changed=()) for name, record in lock.notes.items()}
    return replace(lock, notes=notes)


def named(lock: Lock, version: str) -> Lock:
    """A lock at a release: what changed for the next version changed in this one."""
    notes = {
        name: replace(record, changed=tuple(version if one == NEXT else one for one in record.changed))
        for name, record in lock.notes.items()
    }
    return replace(lock, notes=notes)


def _earlier(note: Note, lock: Lock | None) -> NoteRecord | None:
    if lock is None:
        return None
    return next((lock.notes[name] for name in (note.id, *reversed(note.record.was)) if name in lock.notes), None)


def _timed(note: Note, before: NoteRecord | None, time: int, pending: int | None) -> Note:
    same = before is not None and before.hash == note.record.hash and not _due(before.time, pending)
    kept = before.time if before is not None and same else time
    return note.at(kept)


def _due(before: int, pending: int | None) -> bool:
    """Whether a release has yet to ship something of this time."""
    return pending is not None and before > pending


def _type_record(definition: NoteType, before: TypeRecord | None, time: int, pending: int | None) -> TypeRecord:
    look = look_hash(definition)
    same = before is not None and before.hash == look and not _due(before.time, pending)
    kept = before.time if before is not None and same else time
    return TypeRecord(definition.key, definition.id, look, schema_hash(definition, is_cloze=definition.is_cloze), kept)


class Named(Protocol):
    """A field or template by its name and permanent id."""

    @property
    def name(self) -> str: ...
    @property
    def id(self) -> int | None: ...


class Sides(Named, Protocol):
    """A template with its front and back."""

    @property
    def front(self) -> str: ...
    @property
    def back(self) -> str: ...


class Definition(Protocol):
    """A note type, ours or one read from a package."""

    @property
    def name(self) -> str: ...
    @property
    def css(self) -> str: ...
    @property
    def fields(self) -> Sequence[Named]: ...
    @property
    def templates(self) -> Sequence[Sides]: ...
    @property
    def sort_field(self) -> int: ...


def look_hash(definition: Definition) -> str:
    """The hash of what may change in a note type: its time moves when this does."""
    sides = [[template.name, template.front, template.back] for template in definition.templates]
    return _digest([definition.name, definition.css, [field.name for field in definition.fields], *sides])


def schema_hash(definition: Definition, *, is_cloze: bool) -> str:
    """The hash of what may never change in a note type."""
    return _digest(
        [
            is_cloze,
            [field.id for field in definition.fields],
            [template.id for template in definition.templates],
            definition.sort_field,
        ]
    )


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


# Gates


def gates(bank: Bank, lock: Lock, source: Source, types: Mapping[str, NoteType], now: int) -> Iterator[Diagnostic]:
    """What would harm learners of a released deck, as errors and warnings.

    ``source`` is the text of the lock. Runs before notes are composed, so that no number is given wrongly.
    """
    entries = {entry.id.value: entry for _, entry in bank.entries()}
    settings = bank.settings
    head = source.span(0, len(source.line(1)))
    if lock.deck != settings.id.value:
        span = settings.source.span(settings.id.start, settings.id.end)
        message = f"the deck was released as `{lock.deck}`, and its id is now `{settings.id.value}`"
        yield _error("deck-id-changed", message, span, "put the old id back: learners' notes are recognised by it")
    if lock.latest > now + _DAY:
        yield _error(
            "lock-in-future", "the lock holds times that lie in the future", head,
            "check this machine's clock; Anki would never update such a note again",
        )  # fmt: skip
    for key, record in lock.types.items() if lock.deck == settings.id.value else ():
        if key in types and (
            record.schema != schema_hash(types[key], is_cloze=types[key].is_cloze) or record.id != types[key].id
        ):
            yield _error(
                "note-type-changed", f"the {key} note type differs from the one that was released", head,
                "use the deckgen that made the last release; Anki would refuse every note of this type",
            )  # fmt: skip
    yield from _vanished(bank, lock, source, entries)
    yield from _entries(bank, lock, entries)
    yield from _renamed_decks(bank, lock)


def _error(code: str, message: str, span: Span, advice: str, entry: str | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, help=advice, entry=entry)


def _line_of(source: Source, name: str) -> Span:
    at = source.text.find(f'{{"note": {json.dumps(name)}')
    if at < 0:
        return source.span(0, 0)
    end = source.text.find("\n", at)
    return source.span(at, end if end >= 0 else len(source.text))


def _vanished(bank: Bank, lock: Lock, source: Source, entries: Mapping[str, Entry]) -> Iterator[Diagnostic]:
    renamed = {old.value for entry in entries.values() for old in entry.was}
    fresh = [name for name in entries if name not in lock.notes]
    for name, record in lock.notes.items():
        if name in entries or name in renamed or name in bank.passed_over:
            continue
        guess = nearest(name, fresh)
        same = f"`{guess}`" if guess else "another entry"
        advice = (
            "bring the entry back and add `withdrawn: {on: .., reason: ..}`; it must go on being shipped. "
            f"If {same} is the same one under a new id, add `was: {name}` to it"
        )
        yield _error(
            "vanished-entry",
            f"the entry `{name}` is gone from the banks",
            _line_of(source, name),
            advice + _or_forget(lock, record),
            name,
        )


def was_released(record: NoteRecord, lock: Lock) -> bool:
    """Whether a note was surely in the last release: a release leaves no time later than its own."""
    return lock.released is not None and record.time <= lock.released_at


def _or_forget(lock: Lock, record: NoteRecord) -> str:
    """The way out for what was built and is in no learner's hands."""
    if was_released(record, lock):
        return ""
    return f". If no learner can have it yet: deckgen lock --forget {record.id}"


def _entries(bank: Bank, lock: Lock, entries: Mapping[str, Entry]) -> Iterator[Diagnostic]:
    retired = {old: record.id for record in lock.notes.values() for old in record.was}
    heirs: dict[str, Entry] = {}
    for name, entry in entries.items():
        if name in retired and name not in lock.notes and not any(old.value == retired[name] for old in entry.was):
            yield _error(
                "reborn-id", f"the id `{name}` belonged to what is now `{retired[name]}`", entry.span(entry.id),
                "choose another id, so that no learner's history moves to another entry", name,
            )  # fmt: skip
        if entry.was:
            yield from _renaming(entry, lock, entries, heirs)
        names = (name, *[old.value for old in entry.was])
        record = next((lock.notes[old] for old in names if old in lock.notes), None)
        if record is None:
            continue
        if record.kind != entry.kind:
            message = f"`{name}` was released as a {record.kind} entry and is now a {entry.kind} entry"
            yield _error(
                "kind-changed", message, entry.span(entry.id),
                "withdraw the old entry and give this one a new id: Anki keeps the old cards otherwise"
                + _or_forget(lock, record), name,
            )  # fmt: skip
        if record.withdrawn and entry.withdrawn is None:
            yield _error(
                "reborn-id", f"`{name}` was withdrawn and is back", entry.span(entry.id),
                "give it a new id; learners were told to forget the old one" + _or_forget(lock, record), name,
            )  # fmt: skip
    guids: dict[str, str] = {record.guid: record.id for record in lock.notes.values()}
    for name, entry in entries.items():
        if name in lock.notes or any(old.value in lock.notes for old in entry.was):
            continue
        owner = guids.setdefault(guid(bank.settings.id.value, name), name)
        if owner != name and owner in entries:
            yield _error(
                "reborn-id", f"the id `{name}` is the one by which Anki knows `{owner}`", entry.span(entry.id),
                "choose another id", name,
            )  # fmt: skip


_ONE = "two notes cannot become one: withdraw one of them"


def _renaming(entry: Entry, lock: Lock, entries: Mapping[str, Entry], heirs: dict[str, Entry]) -> Iterator[Diagnostic]:
    """What is wrong with the earlier ids of an entry; ``heirs`` are the entries that took those met so far."""
    name = entry.id.value
    here = lock.notes.get(name)
    mine: str | None = None
    names = (name, *(old.value for old in entry.was))
    for old in entry.was:
        if old.value in entries:
            label = Label(entries[old.value].span(entries[old.value].id), "still here")
            message = f"`was` names `{old.value}`, which is an entry of its own"
            found = _error("was-exists", message, entry.span(old), "take `was` out, or remove the old entry", name)
            yield replace(found, labels=(label,))
        elif here is not None and old.value in lock.notes:
            message = f"`{name}` has a history of its own, and `was` names `{old.value}`"
            yield _error("was-taken", message, entry.span(old), _ONE, name)
        elif old.value in lock.notes and mine not in (None, old.value):
            message = f"`was` names `{mine}` and `{old.value}`, which are two notes"
            yield _error("was-taken", message, entry.span(old), _ONE, name)
        elif old.value in lock.notes and heirs.setdefault(old.value, entry) is not entry:
            heir = heirs[old.value]
            label = Label(heir.span(heir.id), "the other entry")
            message = f"`{heir.id.value}` and `{name}` both say that they were `{old.value}`"
            found = _error("was-taken", message, entry.span(old), "take `was` out of one: one note cannot be two", name)
            yield replace(found, labels=(label,))
        elif old.value in lock.notes:
            mine = old.value
        elif not any(old.value in (note.id, *note.was) for note in map(lock.notes.get, names) if note):
            guess = nearest(old.value, lock.notes)
            advice = f"did you mean `{guess}`?" if guess else "take `was` out: no release had this id"
            message = f"no release had the id `{old.value}`"
            yield Diagnostic("unknown-was", Severity.WARNING, message, entry.span(old), help=advice, entry=name)


def _renamed_decks(bank: Bank, lock: Lock) -> Iterator[Diagnostic]:
    settings = bank.settings
    root = settings.name.value
    known = {name.casefold() for name in lock.decks}
    if known and root.casefold() not in known:
        yield Diagnostic(
            "deck-renamed", Severity.WARNING, f"the deck was released under another name than `{root}`",
            settings.source.span(settings.name.start, settings.name.end),
            help="cards that learners have stay in the old deck; put the old name back unless you mean it",
        )  # fmt: skip
        return
    wanted = {f"{root}::{topic.name.value}".casefold() for topic in bank.topics}
    orphans = sorted(name for name in lock.decks if name.casefold() not in wanted and name.count("::"))
    left = {record.deck for record in lock.notes.values()}
    for topic in bank.topics:
        name = f"{root}::{topic.name.value}"
        if name.casefold() in known or not topic.entries:
            continue
        moved = {lock.notes[e.id.value].deck for e in topic.entries if e.id.value in lock.notes}
        old = next((orphan for orphan in orphans if orphan in moved and orphan in left), None)
        if old is not None:
            yield Diagnostic(
                "topic-renamed", Severity.WARNING, f"the topic was released as `{old.rpartition('::')[2]}`",
                topic.source.span(topic.name.start, topic.name.end),
                help="cards that learners have stay in the old subdeck; put the old name back unless you mean it",
            )  # fmt: skip


def changed_lines(old: Lock | None, new: Lock) -> Iterable[str]:
    """The ids of notes whose line of the lock differs, for messages."""
    before = old.notes if old is not None else {}
    return [name for name, record in new.notes.items() if before.get(name) != record]
