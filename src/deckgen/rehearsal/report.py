"""What a rehearsal found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BROKEN = {
    "reviews-lost": "reviews lost",
    "cards-lost": "cards lost",
    "schedules-changed": "schedules changed",
    "answers-moved": "studied cards that ask for something else",
    "error-cards": "cards that became errors",
    "notes-rewritten": "notes rewritten though the release does not change them",
    "notes-refused": "changed notes that did not arrive",
    "notes-not-added": "new notes that did not arrive",
    "edits-broken": "edits lost without need",
    "note-types-doubled": "note types doubled",
    "note-types-refused": "changed note types that did not arrive",
    "guids-twice": "guids that two notes share",
    "media-missing": "media files missing",
    "media-stale": "media files that keep their old content",
}
"""What breaks a promise, by code, with a title."""
NOTED = {
    "answers-changed": "answers corrected, and marked as changed",
    "answers-reworded": "answers written differently",
    "questions-reworded": "questions written differently, with the same answer",
    "edits-lost": "edits lost on notes that the release changes",
    "cards-retired": "cards retired",
    "cards-returned": "retired cards that ask again for what they asked for",
    "cards-added": "new cards of known notes",
    "nothing-shared": "no note of the old package is in the new one",
    "notes-dropped": "notes dropped from the package, which learners keep",
    "decks-kept": "cards that the release puts elsewhere, and that stay",
    "errors-kept": "error cards that were errors before",
    "full-sync": "a full one-way sync is needed",
}
"""What is worth knowing and breaks nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One case of a finding: the note, the ordinal of its card from 0 where it is about one, and what.

    ``entry`` is the id that the note has in its bank, if it says so.
    """

    text: str
    guid: str | None = None
    ordinal: int | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One import over the last: what was counted, and what was found, by the codes of BROKEN and NOTED."""

    old: str
    new: str
    counts: Mapping[str, int]
    findings: Mapping[str, tuple[Entry, ...]]

    @property
    def broken(self) -> int:
        """How many cases break a promise."""
        return sum(len(self.findings.get(code, ())) for code in BROKEN)


@dataclass(frozen=True, slots=True)
class Run:
    """A learner's whole way through the releases; `scheduler` is fsrs or sm2."""

    scheduler: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One run for each scheduler."""

    packages: tuple[str, ...]
    seed: int
    days: int
    runs: tuple[Run, ...]

    @property
    def broken(self) -> int:
        """How many cases break a promise, in all runs."""
        return sum(step.broken for run in self.runs for step in run.steps)
