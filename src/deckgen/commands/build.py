"""`deckgen build`: every deck to its package and its lock.

The map of the program. For each deck: read its files, check them, hold the result against the lock, compose
notes, give them times, pack them. Only then is anything written, the lock first: a build that is interrupted
between the two is completed by the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from deckgen.bar import NO_BAR, Bar
from deckgen.collector import give_back, paused
from deckgen.compose import version_key
from deckgen.deckbuild import Built, Checked, build_deck, check_deck, without_entries
from deckgen.diagnostic import Severity, has_errors, summary
from deckgen.files import write_whole
from deckgen.lock import FILE_NAME
from deckgen.memory import Memory, Said
from deckgen.render.text import render_text
from deckgen.together import check_together
from deckgen.update import changed_lines
from deckgen.workspace import DeckFolder, kept_releases, shown_path

ONCE = frozenset(("deck-renamed", "topic-renamed", "unknown-was"))
"""Warnings about the step from the last lock to the next one: no later run repeats them, so a build shows them."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `deckgen build` was asked for. ``locked``: never change a lock; ``check``: nor a package."""

    output: Path
    now: int
    epoch: int | None = None
    locked: bool = False
    check: bool = False
    recloze: bool = False
    release: bool = False
    quiet: bool = False
    colour: bool = False
    bar: Bar = NO_BAR
    memory: Memory | None = None


@paused()
def run(decks: Sequence[DeckFolder], options: Options, out: TextIO, err: TextIO) -> int:
    """Build decks. 0: done; 1: errors in the banks, a lost lock, or something differs that must not."""
    lost = "".join(_lost(deck, options) for deck in decks)
    if lost:
        err.write(f"{lost}nothing was written\n")
        return 1
    checked = {
        deck: check_deck(
            deck.path,
            deck.shown,
            options.now,
            recloze=options.recloze,
            release=options.release,
            errors_only=True,
            bar=options.bar,
            cache=options.memory.cache if options.memory is not None else None,
        )
        for deck in decks
    }
    diagnostics = [found for result in checked.values() for found in result.diagnostics]
    diagnostics += check_together({deck.name: result.bank for deck, result in checked.items() if result.bank})
    options.bar.about()
    if len(decks) > 1:
        options.bar.did(f"{len(decks):,} decks held against each other")
    shown = [found for found in diagnostics if found.severity is Severity.ERROR or found.code in ONCE]
    options.bar.end()
    err.write(render_text(shown, colour=options.colour))
    if has_errors(diagnostics):
        err.write(f"{summary(diagnostics)}; nothing was written\n")
        return 1
    checked = {deck: without_entries(result) for deck, result in checked.items()}
    give_back(sum(len(result.notes) for result in checked.values()))
    built = {
        deck: build_deck(result, options.now, options.epoch, release=options.release, bar=options.bar)
        for deck, result in checked.items()
    }
    options.bar.about()
    options.bar.end()
    if options.locked or options.check:
        return _compare(checked, built, options, out, err)
    for deck, result in built.items():
        _write(deck, checked[deck], result, options, out)
    if options.memory is not None:
        told = "" if options.quiet else "".join(_told(deck, result, options, False) for deck, result in built.items())
        locks = {deck.path / FILE_NAME: result.lock_text.encode() for deck, result in built.items()}
        packages = {options.output / f"{deck.name}.apkg": result.package for deck, result in built.items()}
        options.memory.keep(Said(0, told), locks | packages)
        options.bar.did("remembered for the next run")
    return 0


def _lost(deck: DeckFolder, options: Options) -> str:
    """What to do where a released deck has no lock: a new one would give learners' cards to other answers."""
    lock = deck.path / FILE_NAME
    kept = [] if lock.exists() else kept_releases(options.output, deck.name)
    if not kept:
        return ""
    last = shown_path(max(kept, key=lambda path: version_key(path.stem)))
    return f"{shown_path(lock)} is missing, and the deck was released: deckgen lock --from {last}\n"


def _write(deck: DeckFolder, checked: Checked, built: Built, options: Options, out: TextIO) -> None:
    target = options.output / f"{deck.name}.apkg"
    lock_new = _put(deck.path / FILE_NAME, built.lock_text.encode(), options.bar)
    package_new = _put(target, built.package, options.bar)
    if options.quiet:
        return
    for decision in checked.decisions if lock_new else ():
        if checked.lock is not None:
            out.write(f"{decision}\n")
    out.write(_told(deck, built, options, package_new))


def _put(path: Path, data: bytes, bar: Bar) -> bool:
    new = write_whole(path, data)
    bar.did(f"{shown_path(path)}: {'written' if new else 'as it was'}")
    return new


def _told(deck: DeckFolder, built: Built, options: Options, package_new: bool) -> str:
    cards = sum(len(note.ordinals) for note in built.updated.notes)
    state = "" if package_new else ", unchanged"
    target = shown_path(options.output / f"{deck.name}.apkg")
    return f"{target}: {len(built.updated.notes):,} notes, {cards:,} cards{state}\n"


def _compare(
    checked: dict[DeckFolder, Checked],
    built: dict[DeckFolder, Built],
    options: Options,
    out: TextIO,
    err: TextIO,
) -> int:
    failed = False
    for deck, result in built.items():
        lock, target = deck.path / FILE_NAME, options.output / f"{deck.name}.apkg"
        if not lock.exists() or lock.read_bytes() != result.lock_text.encode():
            failed = True
            names = list(changed_lines(checked[deck].lock, result.updated.lock))
            err.write(f"{shown_path(lock)} is not up to date: {_some(names)}\n")
        elif options.check and (not target.exists() or target.read_bytes() != result.package):
            failed = True
            err.write(f"{shown_path(target)} is not what a build would write\n")
        elif not options.quiet:
            out.write(f"{deck.name}: up to date\n")
    options.bar.did("held against the files that are there")
    if failed:
        err.write("run `deckgen build` and commit the result\n")
    return 1 if failed else 0


def _some(names: list[str]) -> str:
    if not names:
        return "its head or note types would change"
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"{', '.join(names[:5])}{more} would change"
