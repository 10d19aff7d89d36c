"""`deckgen release`: a build that learners will get, with its release notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from deckgen.commands import build
from deckgen.compose import version_key
from deckgen.deckbuild import check_deck
from deckgen.diff import compare
from deckgen.errors import UserError
from deckgen.files import write_whole
from deckgen.render.changes import as_markdown
from deckgen.states import State, read_state
from deckgen.workspace import DeckFolder, kept_release, shown_path


def run(decks: Sequence[DeckFolder], options: build.Options, notes: Path | None, out: TextIO, err: TextIO) -> int:
    """Build decks as releases; ``notes`` is where the release notes go (standard output without).

    0: done; 1: errors in the banks. Raises `UserError` if a deck's version was released before.
    """
    said = io.StringIO() if options.quiet else out
    before = {deck.name: _last_release(deck, options) for deck in decks}
    options.bar.did("what learners have: read")
    code = build.run(decks, replace(options, release=True), out, err)
    if code:
        return code
    told = []
    for deck in decks:
        package = options.output / f"{deck.name}.apkg"
        after = read_state(str(package), deck.path, options.now)
        told.append(as_markdown(compare(before[deck.name], after)))
        options.bar.did(f"{deck.name}: held against what learners have")
        kept = kept_release(options.output, deck.name, max(after.versions.values()))
        write_whole(kept, package.read_bytes())
        options.bar.did(f"{shown_path(kept)}: written")
        said.write(f"{shown_path(kept)}: kept, so that later releases can be rehearsed against it\n")
    if notes is None:
        said.write("\n" + "\n".join(told))
    else:
        write_whole(notes, "\n".join(told).encode())
        options.bar.did(f"{shown_path(notes)}: written")
        said.write(f"{shown_path(notes)}: release notes\n")
    return 0


def _last_release(deck: DeckFolder, options: build.Options) -> State:
    """What learners have: the package of the last release, or nothing before the first one."""
    checked = check_deck(deck.path, deck.shown, options.now)
    nothing = State("nothing", {}, {})
    if checked.bank is None or checked.lock is None or checked.lock.released is None:
        return nothing
    version, last = checked.bank.settings.release, checked.lock.released
    if version_key(version) <= version_key(last):
        raise UserError(f"{deck.name}: version {version} does not come after {last}: raise it in deck.yaml")
    package = kept_release(options.output, deck.name, last)
    return read_state(str(package), deck.path, options.now) if package.exists() else nothing
