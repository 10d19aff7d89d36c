"""The cloze generator as a build of one deck would use it."""

from __future__ import annotations

from deckgen.cloze import Engine
from deckgen.deckbuild import cloze_context
from deckgen.errors import UserError
from deckgen.loader import load
from deckgen.workspace import cards_folder, find_decks


def engine_of(deck: str, cards: str | None) -> Engine:
    """The generator with a deck's glossary, subject and entries. Raises `UserError` if there is no such deck."""
    (folder,) = find_decks(cards_folder(cards), (deck,))
    bank, _ = load(folder.path, folder.shown)
    if bank is None:
        raise UserError(f"{folder.shown} cannot be read: run `deckgen check`")
    return Engine(cloze_context(bank))
