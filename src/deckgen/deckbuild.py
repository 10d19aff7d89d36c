"""One deck from its folder to what a build writes: the stages in order, without touching any file.

``files → nodes → bank → checks → gates → notes → lock → package``. Every stage runs on what is sound and adds
its diagnostics; a deck with an error has no package.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen import __version__
from deckgen.bank import Bank, Entry, Fact
from deckgen.bankfiles import leads_out
from deckgen.bar import NO_BAR, Bar
from deckgen.cache import Cache, program
from deckgen.collector import give_back, paused
from deckgen.compose import plain
from deckgen.composing import compose_topics
from deckgen.diagnostic import Diagnostic, Severity, has_errors, in_order
from deckgen.loader import load
from deckgen.lock import FILE_NAME, Lock, read, write
from deckgen.media import MediaError, MediaFile, packaged_file
from deckgen.note import Note
from deckgen.notetypes import NoteType, note_types
from deckgen.order import learning_order
from deckgen.references import check_references
from deckgen.shelf import NO_SHELF, Shelf
from deckgen.source import Source
from deckgen.succession import Names
from deckgen.surroundings import Surroundings
from deckgen.update import Updated, build_time, gates, named, unreleased, update

if TYPE_CHECKING:
    from deckgen.cloze import Context, Engine

_WORD = re.compile(r"[^\W\d_]\w*")


@dataclass(frozen=True, slots=True)
class Checked:
    """A deck that was read and checked, with its notes where it has no errors."""

    bank: Bank | None
    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[Note, ...] = ()
    lock: Lock | None = None
    types: Mapping[str, NoteType] | None = None
    media: Mapping[str, MediaFile] | None = None
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What a build would write for one deck."""

    lock_text: str
    package: bytes
    updated: Updated


@paused()
def check_deck(
    folder: Path,
    shown: str,
    now: int,
    *,
    recloze: bool = False,
    release: bool = False,
    errors_only: bool = False,
    notes_wanted: bool = True,
    bar: Bar = NO_BAR,
    cache: Cache | None = None,
) -> Checked:
    """Read and check one deck; ``errors_only`` leaves out rules whose findings would stop no build.

    With a ``cache``, files that did not change are neither parsed nor composed again. Without ``notes_wanted``, what
    comes of it are the bank and its diagnostics, at less cost.
    """
    bank, found = _load(folder, shown, cache, bar)
    shelf = Shelf(cache, shown, program(__version__)) if cache is not None else NO_SHELF
    if bank is None:
        return Checked(None, in_order(found))
    found += check_references(bank)
    lock, decisions, lock_source = _read_lock(folder, shown, found)
    types = _types(bank, found)
    if release and lock is not None and lock.released is None:
        lock = unreleased(lock)
    elif release and lock is not None:
        lock = named(lock, bank.settings.release)
    if lock is not None and lock_source is not None:
        found += gates(bank, lock, lock_source, types, now)
    bar.did(f"lock: {len(lock.notes):,} notes" if lock is not None else "lock: none yet")
    media = _Media(bank)
    ordered, circles = learning_order([entry for _, entry in bank.entries()])
    found += circles
    around = Surroundings(
        bank,
        lock,
        functools.cache(lambda: _engine(bank)),
        _names(bank),
        media.packaged,
        recloze,
        _questions(bank),
    )
    give_back(len(ordered))
    if not notes_wanted and (diagnostics := _by_files(around, now, found, shelf, bar)) is not None:
        shelf.close()
        return Checked(bank, in_order([*diagnostics, *media.faults]))
    notes, said = _compose(ordered, around, found, shelf, bar)
    shelf.close()
    found += media.faults
    if not errors_only or may_stop(bank):
        from deckgen.lint import lint  # noqa: PLC0415 - the rules are many modules, and most builds need none

        found = lint(bank, notes, found, now, errors_only=errors_only, bar=bar)
    return Checked(bank, in_order(found), notes, lock, types, media.used, (*decisions, *said))


def without_entries(checked: Checked) -> Checked:
    """A deck that is done with its entries and their files: packing needs the notes alone, and much memory."""
    assert checked.bank is not None
    bank = replace(checked.bank, topics=(), sources=())
    return replace(checked, bank=bank, diagnostics=())


def _load(folder: Path, shown: str, cache: Cache | None, bar: Bar) -> tuple[Bank | None, list[Diagnostic]]:
    """The files of a deck, with a shelf of their own, so that its parts are let go before notes are made."""
    shelf = Shelf(cache, f"files of {shown}", program(__version__)) if cache is not None else NO_SHELF
    loaded = load(folder, shown, shelf, bar)
    shelf.close()
    return loaded


@paused()
def build_deck(checked: Checked, now: int, epoch: int | None, *, release: bool = False, bar: Bar = NO_BAR) -> Built:
    """The lock and the package of a deck without errors; a ``release`` gives its time to all that is new in it."""
    bank, types = checked.bank, checked.types
    assert bank is not None
    assert types is not None
    assert not has_errors(checked.diagnostics)
    bar.about(bank.settings.source.path.rpartition("/")[0])
    time = build_time(now, epoch, checked.lock)
    updated = update(checked.notes, types, bank, checked.lock, time, release=release)
    lock = updated.lock
    moved = sum(note.record.time == time for note in updated.notes)
    bar.did(f"notes: {len(updated.notes):,}, of which {moved:,} new or changed")
    settings = bank.settings
    from deckgen.package import PackageContent, package_bytes  # noqa: PLC0415 - genanki is slow to import

    used = {name for note in updated.notes for name in note.media}
    content = PackageContent(
        settings.name.value,
        _description(bank),
        updated.notes,
        types,
        {key: record.time for key, record in lock.types.items()},
        lock.created,
        lock.latest,
        {name: file for name, file in (checked.media or {}).items() if name in used},
        {
            "deck": lock.deck,
            "created": lock.created,
            "released": lock.released,
            "released_at": lock.released_at,
            "version": settings.release,
            "subdecks": lock.decks,
            "was": {note.id: note.record.was for note in updated.notes if note.record.was},
        },
    )
    bar.begin("packing", 2)
    lock_text = write(lock)
    bar.step()
    package = package_bytes(content)
    bar.did(f"package: {len(package):,} bytes")
    return Built(lock_text, package, updated)


def may_stop(bank: Bank) -> bool:
    """Whether rules or ignore comments have a say in a build: the deck sets severities, or speaks to deckgen."""
    return bool(bank.settings.rules) or any("deckgen" in source.text for source in bank.sources)


def _compose(
    ordered: list[Entry],
    around: Surroundings,
    found: list[Diagnostic],
    shelf: Shelf,
    bar: Bar,
) -> tuple[tuple[Note, ...], list[str]]:
    made: dict[int, Note | None] = {}
    for topic, composed in compose_topics(around.bank.topics, around, shelf, bar):
        made |= zip(map(id, topic.entries), composed.notes(), strict=True)
        found += composed.doubts
    notes: list[Note] = []
    withdrawn: list[Note] = []
    said: list[str] = []
    for entry in ordered:
        note = made[id(entry)]
        if note is not None:
            (withdrawn if entry.withdrawn else notes).append(note)
            said += [f"{note.id}: {decision}" for decision in note.decisions]
    return (*notes, *withdrawn), said


def _by_files(
    around: Surroundings, now: int, found: list[Diagnostic], shelf: Shelf, bar: Bar
) -> list[Diagnostic] | None:
    """All diagnostics of a deck, rules run where the notes are made; None for a deck that must be seen as a whole."""
    from deckgen.filewise import Filewise  # noqa: PLC0415 - the rules are many modules, and most builds need none
    from deckgen.lint import as_asked  # noqa: PLC0415

    rules = Filewise.fits(around.bank, now)
    if rules is None:
        return None
    doubts: list[Diagnostic] = []
    seen = []
    for _, part in compose_topics(around.bank.topics, around, shelf, bar, rules):
        doubts += part.doubts
        seen.append(part)
    looks = [part.looked for part in seen if part.looked is not None]
    across = rules.across(looks, lambda place: seen[place].notes())
    by_rules = [*rules.said, *(item for look in looks for item in look.found), *across]
    bar.did(f"rules: {rules.count:,} run")
    return as_asked(around.bank, [*found, *doubts], by_rules)


def _read_lock(folder: Path, shown: str, found: list[Diagnostic]) -> tuple[Lock | None, tuple[str, ...], Source | None]:
    path = folder / FILE_NAME
    if not path.exists() or leads_out(path, folder):
        return None, (), None
    label = f"{shown}/{FILE_NAME}"
    try:
        source = Source(label, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        source = Source(label, "")
        found.append(Diagnostic("broken-lock", Severity.ERROR, f"the lock cannot be read: {error}", source.span(0, 0)))
        return None, (), source
    lock, decisions, faults = read(source)
    found += faults
    return lock, tuple(f"{label}: {decision}" for decision in decisions), source


def _types(bank: Bank, found: list[Diagnostic]) -> dict[str, NoteType]:
    settings = bank.settings
    repository = settings.repository.value if settings.repository else None
    theme = {key.value: value.value for key, value in settings.theme}
    make = functools.partial(
        note_types, settings.id.value, settings.name.value, repository=repository, version=settings.release
    )
    try:
        return make(theme=theme)
    except ValueError as error:
        first, last = settings.theme[0][0], settings.theme[-1][1]
        span = settings.source.span(first.start, last.end)
        found.append(Diagnostic("bad-theme", Severity.ERROR, str(error), span, help="see docs/explanation/cards.md"))
        return make()


class _Media:
    """The media files that entries name, read and named by content at their first use."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.used: dict[str, MediaFile] = {}
        self.refused: set[str] = set()
        self.faults: list[Diagnostic] = []

    def packaged(self, name: str) -> str | None:
        path = self.bank.media.get(name)
        if path is None:
            return None
        if name not in self.used and name not in self.refused:
            try:
                self.used[name] = packaged_file(path)
            except (MediaError, OSError) as error:
                self.refused.add(name)
                folder = self.bank.settings.source.path.rpartition("/")[0]
                source = Source(f"{folder}/media/{name}", "")
                advice = "replace the file by a plain picture or sound"
                self.faults.append(
                    Diagnostic("bad-media", Severity.ERROR, f"{name}: {error}", source.span(0, 0), help=advice)
                )
        return self.used[name].packaged if name in self.used else name


def _names(bank: Bank) -> Names:
    return Names(
        (
            term.name.value,
            *(alias.value for alias in term.aliases),
            *((term.expansion.value,) if term.expansion else ()),
        )
        for term in bank.glossary
    )


def _questions(bank: Bank) -> dict[str, str]:
    wanted = {
        entry.withdrawn.replaced_by.value
        for _, entry in bank.entries()
        if entry.withdrawn is not None and entry.withdrawn.replaced_by is not None
    }
    questions = {}
    for _, entry in bank.entries():
        if entry.id.value in wanted:
            body = entry.body
            questions[entry.id.value] = "" if isinstance(body, Fact) else plain(body.question.value)
    return questions


def _engine(bank: Bank) -> Engine:
    from deckgen.cloze import Engine  # noqa: PLC0415 - most builds choose no blanks

    return Engine(cloze_context(bank))


def cloze_context(bank: Bank) -> Context:
    """What the cloze generator knows of the deck: glossary, subject, and how many entries hold each word."""
    from deckgen.cloze import Context, Term  # noqa: PLC0415

    counts: Counter[str] = Counter()
    documents = 0
    for _, entry in bank.entries():
        words: set[str] = set()
        for _, text in entry.texts():
            words.update(word.lower() for word in _WORD.findall(text.value))
        counts.update(words)
        documents += 1
    glossary = tuple(
        Term(
            term.name.value,
            tuple(alias.value for alias in term.aliases),
            term.kind.value if term.kind else None,
            term.expansion.value if term.expansion else None,
            term.definition.value if term.definition else None,
        )
        for term in bank.glossary
    )
    return Context(glossary, bank.settings.name.value, "", counts, documents)


def _description(bank: Bank) -> str:
    return bank.settings.description.value if bank.settings.description else ""
