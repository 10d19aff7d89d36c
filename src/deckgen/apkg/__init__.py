"""Read Anki packages, old and new, into plain values.

    package = read_package(Path("deck.apkg"))

Everything a package holds comes from a file that anybody may have made, so nothing in it is trusted:
what cannot be read, or would take more than the stated limits, is a `PackageError`.
"""

from __future__ import annotations

from deckgen.apkg.errors import PackageError
from deckgen.apkg.package import (
    Card,
    Deck,
    Field,
    MediaFile,
    Note,
    NoteType,
    Oddity,
    Package,
    Template,
)
from deckgen.apkg.reader import read_package

__all__ = [
    "Card",
    "Deck",
    "Field",
    "MediaFile",
    "Note",
    "NoteType",
    "Oddity",
    "Package",
    "PackageError",
    "Template",
    "read_package",
]
