"""`deckgen fmt`: bank files in canonical layout."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from deckgen.bankfiles import bank_files, read_file
from deckgen.diagnostic import Diagnostic
from deckgen.files import write_whole
from deckgen.fmt import UnformattableError, formatted
from deckgen.render.text import one_line, printable, render_text
from deckgen.source import Source
from deckgen.workspace import DeckFolder, shown_path


@dataclass(frozen=True, slots=True)
class Options:
    """What `deckgen fmt` was asked for. ``check``: write nothing, fail if something would change."""

    check: bool = False
    diff: bool = False
    quiet: bool = False
    colour: bool = False


def run(decks: Sequence[DeckFolder], only: Sequence[Path], options: Options, out: TextIO, err: TextIO) -> int:
    """Lay out the files of decks, or those of them in ``only``. 0: done; 1: a file was refused, or would change."""
    wanted = {path.resolve() for path in only}
    changed = same = 0
    failed = False
    for deck in decks:
        found: list[Diagnostic] = []
        for name in bank_files(deck.path, deck.shown, found):
            path = (deck.path / name).resolve()
            if wanted and not any(path == place or place in path.parents for place in wanted):
                continue
            source = read_file(deck.path, name, deck.shown, found)
            if source is None:
                continue
            try:
                text = formatted(source)
            except UnformattableError as error:
                err.write(f"{one_line(source.path)} is left as it is: {error}\n")
                failed = True
                continue
            if text == source.text:
                same += 1
                continue
            changed += 1
            _take(source, text, path, options, out)
        if found:
            err.write(render_text(found, colour=options.colour))
            failed = True
    if not options.quiet:
        done = "would change" if options.check or options.diff else "changed"
        out.write(f"{changed:,} {'file' if changed == 1 else 'files'} {done}, {same:,} unchanged\n")
    return 1 if failed or (changed and options.check) else 0


def _take(source: Source, text: str, path: Path, options: Options, out: TextIO) -> None:
    if options.diff:
        name = shown_path(path)
        lines = difflib.unified_diff(
            source.text.splitlines(), text.splitlines(), name, f"{name} (formatted)", lineterm=""
        )
        out.writelines(f"{printable(line)}\n" for line in lines)
    if options.check or options.diff:
        if not options.diff:
            out.write(f"{one_line(source.path)} would change\n")
        return
    write_whole(path, text.encode())
