"""`deckgen check`: all diagnostics of the banks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from deckgen.deckbuild import check_deck
from deckgen.diagnostic import Diagnostic, has_errors, in_order
from deckgen.render.json import render_json
from deckgen.render.text import render_text, summary
from deckgen.together import check_together
from deckgen.workspace import DeckFolder, shown_path


def run(
    decks: Sequence[DeckFolder],
    only: Sequence[Path],
    *,
    now: int,
    format: str,  # noqa: A002 - the name of the option
    strict: bool,
    out: TextIO,
    colour: bool,
    quiet: bool = False,
    tick: Callable[[int], None] = lambda _: None,
) -> int:
    """Check decks; ``only`` keeps the diagnostics of these files and folders. 0: no errors, 1: some."""
    found: list[Diagnostic] = []
    banks = {}
    for deck in decks:
        checked = check_deck(deck.path, deck.shown, now, tick=tick)
        found += checked.diagnostics
        if checked.bank is not None:
            banks[deck.name] = checked.bank
    found += check_together(banks)
    wanted = [shown_path(path) for path in only]
    diagnostics = in_order(item for item in found if not wanted or _below(item.span.source.path, wanted))
    if format == "json":
        out.write(render_json(diagnostics) + "\n")
    else:
        out.write(render_text(diagnostics, colour=colour))
        if not quiet:
            entries = sum(len(topic.entries) for bank in banks.values() for topic in bank.topics)
            out.write(f"{entries:,} entries checked: {summary(diagnostics)}\n")
    return 1 if has_errors(diagnostics) or (strict and diagnostics) else 0


def _below(path: str, wanted: Sequence[str]) -> bool:
    return any(path == place or path.startswith(place.rstrip("/") + "/") or place == "." for place in wanted)
