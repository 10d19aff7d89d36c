"""A learner's way through a chain of releases, in real Anki, once for each scheduler."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

from deckgen.apkg import read_package
from deckgen.errors import UserError
from deckgen.rehearsal.compare import Moment, changed_notes, compare
from deckgen.rehearsal.learner import make_edits, study
from deckgen.rehearsal.profile import Profile
from deckgen.rehearsal.report import Rehearsal, Run, Step
from deckgen.rehearsal.snapshot import Snapshot, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DAYS = 30
SCHEDULERS = {"fsrs": ("fsrs",), "sm2": ("sm2",), "both": ("fsrs", "sm2")}


def rehearse_chain(packages: Sequence[Path], *, seed: int = 1, days: int = DAYS, scheduler: str = "both") -> Rehearsal:
    """Import the packages one over the other, with `days` of study and some edits before each but the first.

    `scheduler` is fsrs, sm2 or both. The same packages and arguments give the same report. Raises UserError
    for fewer than two packages, or one that cannot be read or that Anki refuses.
    """
    if len(packages) < 2:
        raise UserError("a rehearsal needs at least two packages: an old one and a new one")
    if days < 1:
        raise UserError("a rehearsal needs at least one day of study")
    if scheduler not in SCHEDULERS:
        raise UserError(f"unknown scheduler {scheduler!r}: use fsrs, sm2 or both")
    twice = [_guids_twice(path) for path in packages]
    plain = [_plain_import(path) for path in packages]
    runs = []
    for name in SCHEDULERS[scheduler]:
        steps = _run(packages, plain, twice, dice=random.Random(f"{seed} {name}"), days=days, name=name)  # noqa: S311
        runs.append(Run(name, steps))
    return Rehearsal(tuple(path.name for path in packages), seed, days, tuple(runs))


def _guids_twice(path: Path) -> tuple[str, ...]:
    counts = Counter(note.guid for note in read_package(path).notes)
    return tuple(sorted(guid for guid, count in counts.items() if count > 1))


def _plain_import(path: Path) -> Snapshot:
    """What a newcomer gets from a package."""
    with Profile(fsrs=False) as profile:
        profile.import_package(path)
        return take_snapshot(profile)


def _run(
    packages: Sequence[Path],
    plain: Sequence[Snapshot],
    twice: Sequence[tuple[str, ...]],
    *,
    dice: random.Random,
    days: int,
    name: str,
) -> tuple[Step, ...]:
    steps = []
    behind: frozenset[str] = frozenset()
    with Profile(fsrs=name == "fsrs") as profile:
        profile.import_package(packages[0], _times(plain[0]))
        for place in range(1, len(packages)):
            old, new = plain[place - 1], plain[place]
            mods = profile.times()
            study(profile, dice, days)
            studied = take_snapshot(profile)
            changed = changed_notes(old, new)
            known = sorted(old.notes.keys() & studied.notes.keys())
            edits = make_edits(
                profile,
                dice,
                [guid for guid in known if guid in changed],
                [guid for guid in known if guid not in changed and guid in new.notes],
            )
            _date_edits(profile, mods, old, new)
            before = take_snapshot(profile)
            profile.import_package(packages[place], _times(new))
            moment = Moment(old, new, studied, before, take_snapshot(profile), edits, behind, twice[place])
            step, refused = compare(moment, (packages[place - 1].name, packages[place].name))
            behind = (behind | refused) - (changed - refused)
            steps.append(step)
    return tuple(steps)


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
