"""`deckgen check`: all diagnostics of the banks, and fixes for those that can be mended."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from deckgen.bar import NO_BAR, Bar
from deckgen.cache import Cache
from deckgen.collector import paused
from deckgen.deckbuild import check_deck
from deckgen.diagnostic import Diagnostic, has_errors, in_order, summary
from deckgen.files import write_whole
from deckgen.fixes import Fixed, apply_fixes
from deckgen.render.text import one_line, render_text
from deckgen.together import check_together
from deckgen.workspace import DeckFolder, shown_path

_MOST_ROUNDS = 10
"""Rounds of fixes: mending one thing can bring another to light."""
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Options:
    """What `deckgen check` was asked for. ``most``: diagnostics shown at most, 0 for all."""

    now: int
    format: str = "text"
    strict: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    most: int = 0
    quiet: bool = False
    colour: bool = False
    bar: Bar = NO_BAR
    cache: Cache | None = None


@paused()
def run(decks: Sequence[DeckFolder], only: Sequence[Path], options: Options, out: TextIO) -> int:
    """Check decks; ``only`` keeps the diagnostics of these files and folders. 0: no errors, 1: some."""
    gc.disable()  # nothing here makes garbage in circles, and looking for it takes a third of the time
    diagnostics, entries = _check(decks, only, options)
    mended: list[Diagnostic] = []
    for _ in range(_MOST_ROUNDS if options.fix else 0):
        fixed = [item for item in apply_fixes(diagnostics, unsafe=options.unsafe_fixes) if _write(item, decks)]
        if not fixed:
            break
        mended += [found for item in fixed for found in item.mended]
        for item in fixed:
            options.bar.did(f"{item.source.path}: {len(item.mended):,} mended, written")
        diagnostics, entries = _check(decks, only, options)
    options.bar.end()
    _report(diagnostics, mended, entries, options, out)
    return 1 if has_errors(diagnostics) or (options.strict and diagnostics) else 0


def _check(decks: Sequence[DeckFolder], only: Sequence[Path], options: Options) -> tuple[tuple[Diagnostic, ...], int]:
    """The diagnostics of the decks as far as they are wanted, and how many entries there are."""
    found: list[Diagnostic] = []
    banks = {}
    for deck in decks:
        checked = check_deck(
            deck.path, deck.shown, options.now, notes_wanted=False, bar=options.bar, cache=options.cache
        )
        found += checked.diagnostics
        if checked.bank is not None:
            banks[deck.name] = checked.bank
    found += check_together(banks)
    options.bar.about()
    if len(banks) > 1:
        options.bar.did(f"{len(banks):,} decks held against each other")
    wanted = [shown_path(path) for path in only]
    entries = sum(len(topic.entries) for bank in banks.values() for topic in bank.topics)
    return in_order(item for item in found if not wanted or _below(item.span.source.path, wanted)), entries


def _write(fixed: Fixed, decks: Sequence[DeckFolder]) -> bool:
    """Write a mended file whole; False if it lies in no deck or has changed since it was read."""
    label = fixed.source.path
    deck = next((deck for deck in decks if label.startswith(f"{deck.shown}/")), None)
    if deck is None:
        return False
    path = (deck.path / label.removeprefix(f"{deck.shown}/")).resolve()
    before = path.read_bytes()
    mark = _BOM if before.startswith(_BOM) else b""
    return before == mark + fixed.source.text.encode() and write_whole(path, mark + fixed.text.encode())


def _report(
    diagnostics: Sequence[Diagnostic], mended: Sequence[Diagnostic], entries: int, options: Options, out: TextIO
) -> None:
    if options.format == "json":
        from deckgen.render.json import render_json  # noqa: PLC0415 - one format is wanted

        out.write(render_json(diagnostics) + "\n")
    elif options.format == "sarif":
        from deckgen.render.sarif import render_sarif  # noqa: PLC0415

        out.write(render_sarif(diagnostics) + "\n")
    elif options.format == "github":
        from deckgen.render.github import render_github  # noqa: PLC0415

        out.write(render_github(diagnostics[: options.most or None]))
    else:
        for found in mended:
            line = found.span.source.place(found.span.start)[0]
            done = found.fix.message if found.fix is not None else ""
            out.write(f"{one_line(found.span.source.path)}:{line}: mended {found.code}: {one_line(done)}\n")
        out.write(render_text(diagnostics, colour=options.colour, most=options.most or None))
    if options.format in ("text", "github") and not options.quiet:
        fixes = f"{len(mended):,} mended, " if mended else ""
        out.write(f"{entries:,} entries checked: {fixes}{summary(diagnostics)}{_mendable(diagnostics, options)}\n")


def _mendable(diagnostics: Sequence[Diagnostic], options: Options) -> str:
    """A hint that fixes are there."""
    safe = sum(found.fix is not None and found.fix.safe for found in diagnostics)
    unsafe = sum(found.fix is not None and not found.fix.safe for found in diagnostics)
    hints = [f"{safe:,} can be mended with --fix"] if safe and not options.fix else []
    hints += [f"{unsafe:,} with --unsafe-fixes"] if unsafe and not options.unsafe_fixes else []
    return f" ({', '.join(hints)})" if hints else ""


def _below(path: str, wanted: Sequence[str]) -> bool:
    return any(path == place or path.startswith(place.rstrip("/") + "/") or place == "." for place in wanted)
