"""What a branch changes for learners, and whether it may: the findings for one report. Writes no bank and no lock."""

from __future__ import annotations

import functools
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.bankfiles import about_file
from deckgen.deckbuild import Checked, build_deck, check_deck
from deckgen.diagnostic import Diagnostic, Severity, has_errors, in_order
from deckgen.diff import Difference, compare
from deckgen.errors import UserError
from deckgen.files import write_whole
from deckgen.lock import FILE_NAME
from deckgen.progress import moved
from deckgen.source import Source
from deckgen.states import State, checked_out, git, read_state
from deckgen.together import check_together
from deckgen.verification import STALE, UNVERIFIED
from deckgen.workspace import DeckFolder, find_decks, shown_path

if TYPE_CHECKING:
    from deckgen.rehearsal import Rehearsal

_HOUR = 3600
Rehearse = Callable[[Sequence[Path]], "Rehearsal"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. ``difference`` is None where mistakes stopped the comparison.

    ``older`` is the number of warnings that the base has too; they are no matter of the branch and not shown.
    ``unread`` are entries that a second reader has yet to compare with their sources: work that the branch makes for
    others and that its author cannot do, so it is shown and never held against it.
    ``rehearsals`` are by deck; ``places`` say for every GUID which entry it is and where that stands.
    """

    base: str
    diagnostics: tuple[Diagnostic, ...]
    strict: bool = False
    older: int = 0
    unread: tuple[Diagnostic, ...] = ()
    difference: Difference | None = None
    rehearsals: Mapping[str, Rehearsal] = field(default_factory=dict)
    packages: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    comparable: bool = True
    """False where the base has errors itself: then there is nothing to compare with."""

    @property
    def broken(self) -> int:
        """How many promises to learners the rehearsals found broken."""
        return sum(found.broken for found in self.rehearsals.values())

    @property
    def sound(self) -> bool:
        refused = bool(self.diagnostics) if self.strict else has_errors(self.diagnostics)
        return not refused and not self.broken


def make_report(
    base: str, cards: Path, output: Path, scratch: Path, now: int, rehearse: Rehearse | None, *, strict: bool
) -> Report:
    """Check, build to ``output``, compare with ``base`` and rehearse. ``scratch`` is an empty folder for the way.

    ``strict``: warnings that the base does not have are refused too. Raises `UserError` for an unknown base.
    """
    decks = find_decks(cards)
    base_cards, before = _base_decks(base, cards, scratch / "base")
    checked = {deck: check_deck(deck.path, deck.shown, now) for deck in decks}
    found = [item for result in checked.values() for item in result.diagnostics]
    found += check_together({deck.name: result.bank for deck, result in checked.items() if result.bank})
    found += [_gone(base, name, cards) for name in before if name not in {deck.name for deck in decks}]
    old: dict[DeckFolder, _Base] = {}
    for deck in decks:
        if deck.name in before:
            old[deck] = _against_base(base, deck, checked[deck], before[deck.name], scratch / deck.name, now)
            found += old[deck].faults
    brought, older = _brought(found, [item for each in old.values() for item in each.diagnostics])
    unread = tuple(filter(_for_a_reader, brought))
    diagnostics = tuple(item for item in brought if not _for_a_reader(item))
    if has_errors(diagnostics):
        return Report(base, diagnostics, strict, older, unread)
    packages = {deck: output / f"{deck.name}.apkg" for deck in decks}
    for deck, target in packages.items():
        known = deck in old and old[deck].package is not None
        result = check_deck(scratch / deck.name / "new", deck.shown, now) if known else checked[deck]
        write_whole(target, build_deck(result, now, None).package)
    comparable = all(each.package is not None for each in old.values())
    state = read_state(str(base_cards), cards, now) if old and comparable else State("nothing", {}, {})
    return Report(
        base,
        diagnostics,
        strict,
        older,
        unread,
        compare(state, read_state(str(cards), cards, now)),
        _rehearsed(old, packages, rehearse),
        tuple(shown_path(path) for path in packages.values()),
        {note.record.guid: _place(result, note.id) for result in checked.values() for note in result.notes},
        comparable,
    )


@dataclass(frozen=True, slots=True)
class _Base:
    """The base of one deck: its package (None where it has errors), its diagnostics, and what the branch would move."""

    package: Path | None
    diagnostics: tuple[Diagnostic, ...]
    faults: tuple[Diagnostic, ...] = ()


def _rehearsed(
    old: Mapping[DeckFolder, _Base], packages: Mapping[DeckFolder, Path], rehearse: Rehearse | None
) -> dict[str, Rehearsal]:
    if rehearse is None:
        return {}
    return {deck.name: rehearse((each.package, packages[deck])) for deck, each in old.items() if each.package}


def _brought(found: Sequence[Diagnostic], before: Sequence[Diagnostic]) -> tuple[tuple[Diagnostic, ...], int]:
    """All errors and the warnings that the base does not have, and the number of the others."""
    known = Counter(map(_sameness, before))
    kept, older = [], 0
    for item in in_order(found):
        known[_sameness(item)] -= 1
        if item.severity is Severity.ERROR or known[_sameness(item)] < 0:
            kept.append(item)
        else:
            older += 1
    return tuple(kept), older


def _for_a_reader(found: Diagnostic) -> bool:
    return found.severity is Severity.WARNING and found.code in (UNVERIFIED, STALE)


def _sameness(found: Diagnostic) -> tuple[str, str, str]:
    return found.span.source.path, found.code, found.message


def _base_decks(base: str, cards: Path, target: Path) -> tuple[Path, dict[str, Path]]:
    """The folder with the decks of the base; none where the branch is new or had no decks.

    Raises `UserError` if there is no such commit.
    """
    target.mkdir(parents=True)
    if not base.strip("0"):
        return target, {}
    git(
        cards,
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        f"{base}^{{commit}}",
        failed=f"{base!r} is no git revision",
    )
    if not git(cards, "ls-tree", "--name-only", base, "--", "."):
        return target, {}
    folder = checked_out(base, cards, target)
    return folder, {path.name: path for path in sorted(folder.iterdir()) if (path / "deck.yaml").is_file()}


def _against_base(base: str, deck: DeckFolder, checked: Checked, before: Path, scratch: Path, now: int) -> _Base:
    """The base of a deck, and what the lock of the branch would move.

    The base is built an hour ago, so that what a learner does between the two has a place in time. Where the branch
    did not touch the lock, the banks are led on from the lock that the build of the base gives.
    """
    old = check_deck(before, deck.shown, now - _HOUR)
    if old.bank is None or has_errors(old.diagnostics):
        return _Base(None, old.diagnostics)
    built = build_deck(old, now - _HOUR, None)
    package = scratch / "old.apkg"
    write_whole(package, built.package)
    expected, new = scratch / "expected", scratch / "new"
    for copy in (expected, new):
        shutil.copytree(deck.path, copy, symlinks=True)
    write_whole(expected / FILE_NAME, built.lock_text.encode())
    lock_now, lock_then = _bytes(deck.path / FILE_NAME), _bytes(before / FILE_NAME)
    if lock_now == lock_then:
        write_whole(new / FILE_NAME, built.lock_text.encode())
    wanted = check_deck(expected, deck.shown, now)
    known = {(item.code, item.message) for item in checked.diagnostics}
    faults = [item for item in wanted.diagnostics if (item.code, item.message) not in known]
    if lock_now != lock_then:
        lock = Source(f"{deck.shown}/{FILE_NAME}", lock_now.decode("utf-8", "replace"))
        faults += moved(lock, base, wanted.notes, checked.notes)
    return _Base(package, old.diagnostics, tuple(item for item in faults if item.severity is Severity.ERROR))


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _gone(base: str, name: str, cards: Path) -> Diagnostic:
    advice = f"bring it back: git checkout {base} -- {shown_path(cards / name)}"
    return about_file(f"{shown_path(cards / name)}/deck.yaml", "vanished-deck", f"the deck {name} is gone", advice)


def _place(checked: Checked, entry: str) -> str:
    for _, item in checked.bank.entries() if checked.bank is not None else ():
        if item.id.value == entry:
            line, _ = item.source.place(item.id.start)
            return f"{item.source.path}:{line}: {entry}"
    return entry


def anki_rehearsal(days: int) -> Rehearse:
    """A rehearsal in real Anki. Raises `UserError` if its library is missing."""
    try:
        from deckgen.rehearsal import rehearse_chain  # noqa: PLC0415
    except ImportError as error:
        advice = "pip install anki, or give --no-rehearsal"
        raise UserError(f"the rehearsal runs in real Anki, whose library is missing: {advice}") from error
    return functools.partial(rehearse_chain, days=days)
