"""What goes into the choice of blanks and what comes out of it.

All offsets are half-open ranges of characters into the plain text of a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term: its name, its other names, and the class that a hint may show."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    expansion: str | None = None
    definition: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about the deck a fact stands in.

    `subject` is what the whole deck is about and so not worth asking in every fact; `corpus` counts, for a
    lower-cased word, the entries of the deck that hold it, out of `documents`.
    """

    glossary: tuple[Term, ...] = ()
    subject: str = ""
    topic: str = ""
    corpus: Mapping[str, int] = field(default_factory=lambda: _NONE)
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that spoke for (positive) or against (negative) a candidate, in log-odds."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Blank:
    """A range to hide; blanks of one `group` share a cloze number."""

    start: int
    end: int
    group: int
    hint: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A range that was considered, its score by reason, and why it was left out if it was."""

    start: int
    end: int
    score: float
    reasons: tuple[Reason, ...]
    taken: bool
    why_not: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The blanks in order of appearance, candidates best first if asked for, `hide` texts the fact does not hold."""

    blanks: tuple[Blank, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    missing: tuple[str, ...] = ()
