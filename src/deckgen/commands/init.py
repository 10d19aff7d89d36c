"""`deckgen init`: a deck repository to begin with. Writes only files that are not there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TextIO

from deckgen.deckbuild import check_deck
from deckgen.errors import UserError
from deckgen.files import write_whole
from deckgen.render.text import render_text
from deckgen.scaffold import NewDeck, files
from deckgen.workspace import shown_path


def run(folder: Path, deck: NewDeck, *, now: int, quiet: bool, out: TextIO) -> int:
    """Make the repository, or add a deck to one. Raises `UserError` if the deck is there or cannot be built."""
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{shown_path(folder)} is not a folder")
    if (folder / "cards" / deck.id).exists():
        raise UserError(f"there is already a deck {shown_path(folder / 'cards' / deck.id)}; choose another --id")
    made = files(deck)
    _try(deck, made, now)
    kept = []
    for name, text in made.items():
        path = folder / name
        if path.exists() or path.is_symlink():
            kept.append(name)
            continue
        write_whole(path, text.encode())
        if not quiet:
            out.write(f"{shown_path(path)}\n")
    if not quiet:
        for name in kept:
            out.write(f"{shown_path(folder / name)}: there already, left as it is\n")
        out.write(_next_steps(folder, deck))
    return 0


def _try(deck: NewDeck, made: dict[str, str], now: int) -> None:
    """Check the deck in a place of its own before anything is written."""
    with tempfile.TemporaryDirectory(prefix="deckgen-") as place:
        for name, text in made.items():
            write_whole(Path(place) / name, text.encode())
        shown = f"cards/{deck.id}"
        checked = check_deck(Path(place) / shown, shown, now)
        if checked.diagnostics:
            raise UserError(f"these answers do not make a sound deck:\n{render_text(checked.diagnostics)}")


def _next_steps(folder: Path, deck: NewDeck) -> str:
    place = shown_path(folder)
    lines = [f"cd {place}"] if place != "." else []
    lines += [
        "deckgen new      add an entry, asked for step by step",
        "deckgen check    find every mistake",
        f"deckgen build    make dist/{deck.id}.apkg for Anki",
    ]
    return "\nNext:\n" + "".join(f"  {line}\n" for line in lines)
