"""`deckgen lock`: a lost lock rebuilt from a released package, or an entry forgotten that no release held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from deckgen.apkg import read_package
from deckgen.errors import UserError
from deckgen.files import write_whole
from deckgen.loader import load
from deckgen.lock import FILE_NAME, Lock, NoteRecord, read, write
from deckgen.names import nearest
from deckgen.recover import lock_from
from deckgen.source import Source
from deckgen.update import was_released
from deckgen.workspace import DeckFolder, kept_release, shown_path


def run(package: Path, decks: list[DeckFolder], *, force: bool, out: TextIO) -> int:
    """Write the lock of the deck a package was built from. Raises `UserError` if there is none, or a lock is there."""
    lock = lock_from(read_package(package))
    deck = next((folder for folder in decks if _deck_id(folder) == lock.deck), None)
    if deck is None:
        raise UserError(f"{package} holds the deck `{lock.deck}`, and none of these decks has that id")
    path = deck.path / FILE_NAME
    if path.exists() and not force:
        raise UserError(f"{shown_path(path)} is there; delete it first, or say --force")
    write_whole(path, write(lock).encode())
    out.write(f"{shown_path(path)}: {len(lock.notes):,} notes\n")
    return 0


def _deck_id(folder: DeckFolder) -> str | None:
    bank, _ = load(folder.path, folder.shown)
    return bank.settings.id.value if bank is not None else None


def forget(entries: Sequence[str], decks: Sequence[DeckFolder], packages: Path, *, out: TextIO) -> int:
    """Take entries out of the lock, as if they had never been built. ``packages`` is where releases were kept.

    Raises `UserError` for an entry that no lock knows, or that learners have or may have.
    """
    locks = {deck: lock for deck in decks if (lock := _read(deck)) is not None}
    known = [name for lock in locks.values() for name in lock.notes]
    for entry in entries:
        if known.count(entry) != 1:
            guess = nearest(entry, known)
            hint = f"; did you mean `{guess}`?" if guess and guess != entry else ""
            where = "more than one deck: name the deck" if entry in known else f"no lock{hint}"
            raise UserError(f"`{entry}` is in {where}")
    for deck, lock in locks.items():
        gone = [name for name in entries if name in lock.notes]
        for name in gone:
            _refuse_released(deck, lock, lock.notes[name], packages)
        if gone:
            left = {name: record for name, record in lock.notes.items() if name not in gone}
            write_whole(deck.path / FILE_NAME, write(replace(lock, notes=left)).encode())
            out.write("".join(f"{shown_path(deck.path / FILE_NAME)}: {name} is forgotten\n" for name in gone))
    return 0


def _read(deck: DeckFolder) -> Lock | None:
    path = deck.path / FILE_NAME
    if not path.exists():
        return None
    lock, _, found = read(Source(shown_path(path), path.read_text(encoding="utf-8")))
    if found:
        raise UserError(f"{shown_path(path)} cannot be read; see `deckgen check`")
    return lock


def _refuse_released(deck: DeckFolder, lock: Lock, record: NoteRecord, packages: Path) -> None:
    if lock.released is None:
        return
    package = kept_release(packages, deck.name, lock.released)
    if not was_released(record, lock):
        if not package.exists():
            raise UserError(f"{shown_path(package)} is not there to tell whether learners have `{record.id}`")
        if all(note.guid != record.guid for note in read_package(package).notes):
            return
    raise UserError(f"learners have `{record.id}` since {lock.released} or before: mark it `withdrawn` in its file")
