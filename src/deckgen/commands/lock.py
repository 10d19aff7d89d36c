"""`deckgen lock --from X.apkg`: a lost lock rebuilt from a released package."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from deckgen.apkg import read_package
from deckgen.errors import UserError
from deckgen.files import write_whole
from deckgen.loader import load
from deckgen.lock import FILE_NAME, write
from deckgen.recover import lock_from
from deckgen.workspace import DeckFolder, shown_path


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
