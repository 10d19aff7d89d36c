"""The domain as frozen data: what the files of one deck say, every text with its place.

The loader makes these values; the stages after it read them. Texts are `Scalar` nodes, so that whatever is
wrong with one can be shown where it stands.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deckgen.nodes import Scalar
from deckgen.source import Source, Span


class Kind(enum.StrEnum):
    """What an entry is; told apart by its keys. The kind of a released entry never changes."""

    FACT = "fact"
    BASIC = "basic"
    CHOICE = "choice"
    SEQUENCE = "sequence"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Citation:
    """A source by its key, and the place in it. ``node`` is the text as written, ``key#place``."""

    key: str
    place: str
    node: Scalar


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why an entry is no longer taught, since when, and which entry takes its place."""

    on: Scalar | None
    reason: Scalar | None
    replaced_by: Scalar | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence with cloze deletions: chosen by deckgen, or written by hand as ``{{c1::..}}``."""

    text: Scalar
    by_hand: bool
    hide: tuple[Scalar, ...] = ()
    keep: tuple[Scalar, ...] = ()
    hints: tuple[tuple[Scalar, Scalar], ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Basic:
    """A question and its answer; ``reverse`` adds the card the other way round, ``typed`` asks to type."""

    question: Scalar
    answer: Scalar
    reverse: bool = False
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A wrong option of a choice, and why it is wrong."""

    text: Scalar
    why: Scalar | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    question: Scalar
    answer: Scalar
    distractors: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    question: Scalar
    steps: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its name, and a cell for each column; None where the author left one empty."""

    name: Scalar
    cells: tuple[Scalar | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    question: Scalar
    columns: tuple[Scalar, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A file in the folder media, and what it shows, for those who cannot see it."""

    file: Scalar
    alt: Scalar | None = None


Body = Fact | Basic | Choice | Sequence | Table


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact or question as its author wrote it. ``start`` and ``end`` are its place in ``source``."""

    id: Scalar
    kind: Kind
    body: Body
    source: Source
    start: int
    end: int
    tags: tuple[Scalar, ...] = ()
    sources: tuple[Citation, ...] = ()
    explanation: Scalar | None = None
    as_of: Scalar | None = None
    review_by: Scalar | None = None
    region: Scalar | None = None
    needs: tuple[Scalar, ...] = ()
    image: Picture | None = None
    was: tuple[Scalar, ...] = ()
    withdrawn: Withdrawal | None = None

    def span(self, node: Scalar) -> Span:
        """The place of one of this entry's texts."""
        return self.source.span(node.start, node.end)

    def texts(self) -> Iterator[tuple[str, Scalar]]:
        """Every Markdown text of the entry with the name of the key that holds it."""
        yield from _body_texts(self.body)
        if self.explanation is not None:
            yield "explanation", self.explanation


def _body_texts(body: Body) -> Iterator[tuple[str, Scalar]]:
    if isinstance(body, Fact):
        yield "fact", body.text
        return
    yield "question", body.question
    if isinstance(body, Basic | Choice):
        yield "answer", body.answer
    if isinstance(body, Choice):
        for option in body.distractors:
            yield "distractors", option.text
            if option.why is not None:
                yield "why", option.why
    elif isinstance(body, Sequence):
        yield from (("steps", step) for step in body.steps)
    elif isinstance(body, Table):
        yield from (("columns", column) for column in body.columns)
        for row in body.rows:
            yield "rows", row.name
            yield from (("rows", cell) for cell in row.cells if cell is not None)


@dataclass(frozen=True, slots=True)
class Topic:
    """One bank file: a subdeck and its entries. ``stem`` is the file's name without its ending."""

    stem: str
    name: Scalar
    source: Source
    entries: tuple[Entry, ...]
    tags: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A source that entries cite."""

    key: Scalar
    title: Scalar | None = None
    publisher: Scalar | None = None
    url: Scalar | None = None
    date: Scalar | None = None
    kind: Scalar | None = None
    rank: Scalar | None = None
    secondhand: bool = False
    note: Scalar | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term with its aliases, class, expansion and definition."""

    name: Scalar
    aliases: tuple[Scalar, ...] = ()
    kind: Scalar | None = None
    expansion: Scalar | None = None
    definition: Scalar | None = None


@dataclass(frozen=True, slots=True)
class DeckSettings:
    """What ``deck.yaml`` says."""

    source: Source
    id: Scalar
    name: Scalar
    description: Scalar | None = None
    version: Scalar | None = None
    authors: tuple[Scalar, ...] = ()
    license: Scalar | None = None
    repository: Scalar | None = None
    topics: tuple[Scalar, ...] = ()
    cloze_limit: int | None = None
    source_age: int | None = None
    rules: tuple[tuple[Scalar, Scalar], ...] = ()
    theme: tuple[tuple[Scalar, Scalar], ...] = ()

    @property
    def release(self) -> str:
        return self.version.value if self.version is not None else "0"


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything the files of one deck say, topics in the order in which they are to be learnt."""

    folder: Path
    settings: DeckSettings
    topics: tuple[Topic, ...]
    works: Mapping[str, Work] = field(default_factory=dict)
    glossary: tuple[Term, ...] = ()
    media: Mapping[str, Path] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    passed_over: frozenset[str] = frozenset()
    """Ids that stand in parts which could not be read because of syntax errors."""
    works_source: Source | None = None
    glossary_source: Source | None = None

    def entries(self) -> Iterator[tuple[Topic, Entry]]:
        for topic in self.topics:
            for entry in topic.entries:
                yield topic, entry


def parse_date(text: str) -> datetime.date | None:
    """An ISO date, year-month or year as the first day it may mean; None if it is none of these."""
    parts = text.split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not text.replace("-", "").isdecimal():
        return None
    if not text.isascii():
        return None
    numbers = [int(part) for part in parts] + [1] * (3 - len(parts))
    try:
        return datetime.date(*numbers)
    except ValueError:
        return None
