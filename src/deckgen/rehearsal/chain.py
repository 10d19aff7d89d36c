"""A learner's way through a chain of releases, in real Anki, once for each scheduler."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from deckgen.apkg import read_package
from deckgen.bar import NO_BAR
from deckgen.errors import UserError
from deckgen.rehearsal.compare import Moment, changed_notes, compare
from deckgen.rehearsal.learner import make_edits, study
from deckgen.rehearsal.profile import Profile
from deckgen.rehearsal.report import Rehearsal, Run, Step
from deckgen.rehearsal.snapshot import Snapshot, take_snapshot
from deckgen.succession import NO_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from deckgen.bar import Bar
    from deckgen.rehearsal.learner import Edit
    from deckgen.succession import Names

DAYS = 30
SCHEDULERS = {"fsrs": ("fsrs",), "sm2": ("sm2",), "both": ("fsrs", "sm2")}


@dataclass(frozen=True, slots=True)
class _Release:
    """A package, what a newcomer gets from it, and the guids it gives twice."""

    path: Path
    plain: Snapshot
    twice: tuple[str, ...]


def rehearse_chain(
    packages: Sequence[Path],
    *,
    seed: int = 1,
    days: int = DAYS,
    scheduler: str = "both",
    names: Names = NO_NAMES,
    bar: Bar = NO_BAR,
) -> Rehearsal:
    """Import the packages one over the other, with `days` of study and some edits before each but the first.

    `scheduler` is fsrs, sm2 or both. Answers that `names` calls one term are one answer. The same packages and
    arguments give the same report. Raises UserError for fewer than two packages, or one that cannot be read
    or that Anki refuses.
    """
    if len(packages) < 2:
        raise UserError("a rehearsal needs at least two packages: an old one and a new one")
    if days < 1:
        raise UserError("a rehearsal needs at least one day of study")
    if scheduler not in SCHEDULERS:
        raise UserError(f"unknown scheduler {scheduler!r}: use fsrs, sm2 or both")
    releases = [_release(path, bar) for path in packages]
    runs = []
    for name in SCHEDULERS[scheduler]:
        bar.about(name)
        dice = random.Random(f"{seed} {name}")  # noqa: S311 (a learner, not a secret)
        with Profile(fsrs=name == "fsrs") as profile:
            runs.append(Run(name, tuple(_steps(profile, releases, dice, days, names, bar))))
    return Rehearsal(tuple(path.name for path in packages), seed, days, tuple(runs))


def _release(path: Path, bar: Bar) -> _Release:
    counts = Counter(note.guid for note in read_package(path).notes)
    twice = tuple(sorted(guid for guid, count in counts.items() if count > 1))
    with Profile(fsrs=False) as profile:
        profile.import_package(path)
        plain = take_snapshot(profile, rendered=False)
    bar.did(f"{path.name}: imported by a newcomer")
    return _Release(path, plain, twice)


def _steps(
    profile: Profile, releases: Sequence[_Release], dice: random.Random, days: int, names: Names, bar: Bar
) -> Iterator[Step]:
    behind: frozenset[str] = frozenset()
    profile.import_package(releases[0].path, _times(releases[0].plain))
    bar.did(f"{releases[0].path.name} imported")
    for old, new in pairwise(releases):
        mods = profile.times()
        study(profile, dice, days)
        studied = take_snapshot(profile)
        changed = changed_notes(old.plain, new.plain)
        edits = _edit(profile, dice, (old.plain, new.plain, studied), changed)
        _date_edits(profile, mods, old.plain, new.plain)
        before = take_snapshot(profile, earlier=studied)
        bar.did(f"{days:,} days of study, then edits")
        profile.import_package(new.path, _times(new.plain))
        after = take_snapshot(profile)
        bar.did(f"{new.path.name} imported over it")
        moment = Moment(old.plain, new.plain, studied, before, after, edits, behind, new.twice, names)
        step, refused = compare(moment, (old.path.name, new.path.name))
        behind = (behind | refused) - (changed - refused)
        bar.did("what was kept compared")
        yield step


def _edit(
    profile: Profile, dice: random.Random, states: tuple[Snapshot, Snapshot, Snapshot], changed: frozenset[str]
) -> tuple[Edit, ...]:
    """Edit notes that both releases and the learner have."""
    known = sorted(set.intersection(*(set(state.notes) for state in states)))
    return make_edits(
        profile,
        dice,
        [guid for guid in known if guid in changed],
        [guid for guid in known if guid not in changed],
    )


def _times(plain: Snapshot) -> dict[str, int]:
    return {guid: note.mod for guid, note in plain.notes.items()}


def _date_edits(profile: Profile, mods: dict[str, int], old: Snapshot, new: Snapshot) -> None:
    """Date everything that the learner did to notes between the two releases.

    Anki has just given those notes the present time, which may be later than the releases.
    """
    last = max((note.mod for note in old.notes.values()), default=0)
    later = min((note.mod for note in new.notes.values() if note.mod > last), default=last + 2)
    for guid, mod in profile.times().items():
        if mod != mods.get(guid, mod):
            profile.execute("update notes set mod = ? where guid = ?", (last + later) // 2, guid)
