"""Where decks are: the cards folder, the decks in it, and how messages name them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from deckgen.bankfiles import leads_out
from deckgen.errors import UserError
from deckgen.names import nearest

_RELEASED = re.compile(r"-[0-9]+(?:\.|$)")


@dataclass(frozen=True, slots=True)
class DeckFolder:
    """A deck's folder and how messages name it (relative to the working directory, forward slashes)."""

    name: str
    path: Path
    shown: str


def cards_folder(option: str | None) -> Path:
    """The folder that holds the decks: the one given, or ``cards`` here or in a folder above. Raises `UserError`."""
    if option is not None:
        given = Path(option)
        if not given.is_dir():
            raise UserError(f"there is no folder {option}")
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "cards").is_dir():
            return Path(os.path.relpath(folder / "cards"))
        if folder.name == "cards" and any(folder.glob("*/deck.yaml")):
            return Path(os.path.relpath(folder))
    raise UserError("there is no folder `cards` here or above; name one with --cards, or begin with `deckgen init`")


def beside(cards: Path, name: str) -> Path:
    """A folder beside the cards folder, which may be given as ``..`` or be a link."""
    return Path(os.path.relpath(cards.resolve().parent / name))


def dist_folder(cards: Path, option: Path | None) -> Path:
    """Where packages go: the folder given, or ``dist`` beside the cards folder."""
    return option if option is not None else beside(cards, "dist")


def kept_release(packages: Path, deck: str, version: str) -> Path:
    """Where the package of a release is kept, beside the newest ones, to be rehearsed against and to lead on from."""
    return packages / "releases" / f"{deck}-{version}.apkg"


def kept_releases(packages: Path, deck: str) -> list[Path]:
    """The packages of all releases of a deck that were kept, in no order that means anything."""
    found = kept_release(packages, deck, "*").name
    return [path for path in (packages / "releases").glob(found) if _RELEASED.match(path.stem.removeprefix(deck))]


def shown_path(path: Path) -> str:
    """A path relative to the working directory where it lies below it, with forward slashes."""
    return Path(os.path.relpath(path)).as_posix()


def find_decks(cards: Path, names: tuple[str, ...] = ()) -> list[DeckFolder]:
    """The decks of a cards folder, or those named. Raises `UserError` for one that is not there."""
    known = {}
    for folder in sorted(cards.iterdir()):
        if folder.is_dir() and not folder.name.startswith(".") and any(folder.glob("*.yaml")):
            if leads_out(folder, cards):
                raise UserError(f"{shown_path(folder)} is a link out of {shown_path(cards)}; decks must lie in it")
            known[folder.name] = DeckFolder(folder.name, folder, shown_path(folder))
    if not names:
        if not known:
            raise UserError(f"there is no deck in {shown_path(cards)}: a deck is a folder with a deck.yaml")
        return list(known.values())
    decks = {}
    for name in names:
        short = Path(name).resolve().name if name not in known and Path(name).is_dir() else name
        if short not in known:
            guess = nearest(name, known)
            raise UserError(
                f"there is no deck `{name}` in {shown_path(cards)}" + (f"; did you mean `{guess}`?" if guess else "")
            )
        decks[short] = known[short]
    return list(decks.values())


def decks_of(option: str | None, paths: tuple[Path, ...]) -> tuple[list[DeckFolder], list[Path]]:
    """The decks that hold the given files and folders (all decks for none), and the paths to report on.

    Raises `UserError` for a path that is in no deck.
    """
    if not paths:
        return find_decks(cards_folder(option)), []
    decks: dict[Path, DeckFolder] = {}
    for path in paths:
        if not path.exists():
            named = Path(option or "cards") / path
            hint = f"; the deck of that name is {shown_path(named)}" if named.is_dir() else ""
            raise UserError(f"there is no file or folder {path}{hint}")
        folders = [folder for folder in (path.resolve(), *path.resolve().parents) if (folder / "deck.yaml").is_file()]
        if folders:
            folder = folders[0]
            decks[folder] = DeckFolder(folder.name, folder, shown_path(folder))
        elif path.is_dir():
            inside = path / "cards"
            below = find_decks(inside if inside.is_dir() else path)
            decks |= {deck.path.resolve(): deck for deck in below}
        else:
            raise UserError(f"{path} lies in no deck: there is no deck.yaml beside or above it")
    return list(decks.values()), list(paths)
