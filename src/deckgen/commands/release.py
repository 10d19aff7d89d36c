"""`deckgen release`: a build that learners will get, with its release notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from deckgen.commands import build
from deckgen.compose import version_key
from deckgen.deckbuild import check_deck
from deckgen.diff import compare
from deckgen.errors import UserError
from deckgen.render.changes import as_markdown
from deckgen.states import State, read_state
from deckgen.workspace import DeckFolder


def run(decks: Sequence[DeckFolder], options: build.Options, notes: Path | None, out: TextIO, err: TextIO) -> int:
    """Build decks as releases; ``notes`` is where the release notes go (standard output without).

    0: done; 1: errors in the banks. Raises `UserError` if a deck's version was released before.
    """
    before: dict[str, State] = {}
    for deck in decks:
        checked = check_deck(deck.path, deck.shown, options.now)
        if checked.bank is not None and checked.lock is not None and checked.lock.released is not None:
            version, last = checked.bank.settings.release, checked.lock.released
            if version_key(version) <= version_key(last):
                raise UserError(f"{deck.name}: version {version} does not come after {last}: raise it in deck.yaml")
        package = options.output / f"{deck.name}.apkg"
        if package.exists():
            before[deck.name] = read_state(str(package), deck.path, options.now)
    code = build.run(decks, replace(options, release=True), out, err)
    if code:
        return code
    told = []
    for deck in decks:
        after = read_state(str(options.output / f"{deck.name}.apkg"), deck.path, options.now)
        told.append(as_markdown(compare(before.get(deck.name, State("", {}, {})), after)))
    if notes is None:
        out.write("\n" + "\n".join(told))
    else:
        notes.write_text("\n".join(told), encoding="utf-8")
        out.write(f"{notes}: release notes\n")
    return 0
