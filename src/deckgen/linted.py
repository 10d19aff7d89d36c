"""A deck made ready for the rules: its live entries, their plain texts and blanks, and what all of them say together.

Runs after the notes were composed. Everything here is computed once and shared, so that no rule renders Markdown
or cuts words a second time. A rule that looks for something rare asks `having` first, which searches all texts at
once and costs next to nothing where there is nothing to find.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deckgen.bank import Bank, Entry, Kind, Term, Topic
from deckgen.clozetext import read_by_hand
from deckgen.diagnostic import Diagnostic, Fix, Label, Severity
from deckgen.lock import Answer
from deckgen.markup import render
from deckgen.nodes import Scalar
from deckgen.note import Note
from deckgen.places import written_at
from deckgen.source import Span

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
"""A word with its inner hyphens and apostrophes."""
_BETWEEN = "\x00"
_OBJECT = "\ufffc"
_VOCABULARY: dict[str, str] = {}
"""Words met so far: the same object for the same word in all files, which is found faster and kept once."""
_SPACES = str.maketrans({chr(code): " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "'-")})


class Item:
    """An entry with the note made of it. Only live entries that became notes are linted."""

    __slots__ = ("entry", "note", "texts", "topic")

    def __init__(self, topic: Topic, entry: Entry, note: Note) -> None:
        self.topic, self.entry, self.note = topic, entry, note
        self.texts: tuple[Text, ...] = ()

    @property
    def id(self) -> str:
        return self.entry.id.value

    @property
    def front(self) -> Text:
        """The fact, or the question."""
        return self.texts[0]

    def text(self, key: str) -> Text | None:
        """The first text under a key."""
        return next((text for text in self.texts if text.key == key), None)

    @property
    def blanks(self) -> Sequence[Answer]:
        """The deletions of a fact; nothing for other kinds. Their places are offsets into its plain text."""
        return self.note.record.answers if self.entry.kind is Kind.FACT else ()

    def label(self, message: str, text: Text | None = None) -> Label:
        """This entry as the other place that belongs to a diagnostic."""
        return Label((text or self.front).span(), message)

    def report(
        self,
        code: str,
        message: str,
        help: str,  # noqa: A002 - the field of a diagnostic
        node: Scalar | None = None,
        labels: tuple[Label, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A diagnostic about one of this entry's nodes, its id if none is given."""
        span = self.entry.span(node or self.entry.id)
        return Diagnostic(code, Severity.WARNING, message, span, labels, help, fix, self.id)


class Text:
    """One Markdown text of an entry: the key that holds it, its node, and what a reader sees of it.

    ``prose`` is the same text, equally long, with formulas and code made unreadable: rules about words use it.
    """

    __slots__ = ("item", "key", "node", "plain", "prose")

    def __init__(self, item: Item, key: str, node: Scalar, plain: str, atoms: Sequence[tuple[int, int]] = ()) -> None:
        self.item, self.key, self.node, self.plain = item, key, node, plain
        self.prose = plain
        for start, end in atoms:
            self.prose = self.prose[:start] + _OBJECT * (end - start) + self.prose[end:]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where a range of the plain text stands in the file; the whole node where it is written otherwise."""
        node, source = self.node, self.item.entry.source
        if start == 0 and end is None:
            return source.span(node.start, node.end)
        return self._find(self.plain, start, len(self.plain) if end is None else end)

    def written(self, start: int, end: int) -> Span:
        """Where a range of the Markdown text stands in the file."""
        return self._find(self.node.value, start, end)

    def _find(self, text: str, start: int, end: int) -> Span:
        node, source = self.node, self.item.entry.source
        if not node.style and node.end - node.start == len(text):
            return source.span(node.start + start, node.start + end)
        place = written_at(source.text, node.start, node.end, text, start, end)
        return source.span(*place) if place is not None else source.span(node.start, node.end)

    def report(
        self,
        code: str,
        message: str,
        help: str,  # noqa: A002 - the field of a diagnostic
        start: int = 0,
        end: int | None = None,
        labels: tuple[Label, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A diagnostic about a range of the plain text."""
        span = self.span(start, end)
        return Diagnostic(code, Severity.WARNING, message, span, labels, help, fix, self.item.id)


@dataclass(frozen=True)
class LintedDeck:
    """What every rule gets.

    ``items`` are the live entries; ``shown`` names the media of all notes, those of withdrawn entries too; ``unsound``
    says whether entries are missing from both because of mistakes in them. ``today`` is the day of the check.
    """

    bank: Bank
    items: tuple[Item, ...]
    shown: frozenset[str]
    today: datetime.date
    unsound: bool = False

    @functools.cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every text of every entry, in order."""
        return tuple(text for item in self.items for text in item.texts)

    @functools.cached_property
    def corpus(self) -> str:
        """The prose of all texts behind each other, a NUL after each."""
        return _BETWEEN.join([text.prose for text in self.texts]) + _BETWEEN

    @functools.cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for text in self.texts:
            starts.append(at)
            at += len(text.plain) + 1
        return starts

    @functools.cached_property
    def tokens(self) -> Sequence[str]:
        """The words of the corpus in order, as written, with a NUL behind the last of each text."""
        tokens: list[str] = []
        for text in self.texts:
            found = words_of(text.prose)
            tokens += map(_VOCABULARY.setdefault, found, found)
            tokens.append(_BETWEEN)
        return tokens

    def prepare(self) -> None:
        """Read all words now, for whoever is about to share the deck among processes."""
        assert self.words
        assert self._ends

    @functools.cached_property
    def words(self) -> Mapping[str, int]:
        """How often each word stands in the texts, as written."""
        counts = Counter(self.tokens)
        del counts[_BETWEEN]
        return counts

    def words_by_text(self) -> Iterator[tuple[Text, Sequence[str]]]:
        """Every text with its words."""
        at = 0
        for text in self.texts:
            end = self.tokens.index(_BETWEEN, at)
            yield text, self.tokens[at:end]
            at = end + 1

    @functools.cached_property
    def _ends(self) -> list[int]:
        return [place for place, token in enumerate(self.tokens) if token == _BETWEEN]

    def with_token(self, place: int) -> Text:
        """The text that holds a place of `tokens`."""
        return self.texts[bisect_left(self._ends, place)]

    @functools.cached_property
    def _counts(self) -> Mapping[int, int]:
        lengths = (end - start - 1 for start, end in itertools.pairwise((-1, *self._ends)))
        return dict(zip(map(id, self.texts), lengths, strict=True))

    def count(self, text: Text) -> int:
        """How many words a text of this deck has; numbers count too."""
        return self._counts[id(text)]

    def at(self, offset: int) -> tuple[Text, int]:
        """The text that holds an offset of the corpus, and the offset in it."""
        index = bisect_right(self._starts, offset) - 1
        return self.texts[index], offset - self._starts[index]

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[Text, int, re.Match[str]]]:
        """Every match of a pattern in the plain texts: the text, where the match begins in it, and the match."""
        for match in pattern.finditer(self.corpus):
            text, at = self.at(match.start())
            yield text, at, match

    def having(self, *needles: str) -> Iterator[Text]:
        """The texts whose prose holds one of the needles, each once, in order."""
        indices: set[int] = set()
        for needle in needles:
            at = self.corpus.find(needle)
            while at >= 0:
                index = bisect_right(self._starts, at) - 1
                indices.add(index)
                at = self.corpus.find(needle, self._starts[index] + len(self.texts[index].plain))
        return (self.texts[index] for index in sorted(indices))

    def holding(self, word: str) -> Iterator[tuple[Text, int]]:
        """Every place where a word stands by itself."""
        for text, at, _ in self.matches(re.compile(rf"(?<![\w\-]){re.escape(word)}(?![\w\-])")):
            yield text, at

    @functools.cached_property
    def terms(self) -> Mapping[str, Term]:
        """Glossary terms by each of their names, without regard to case."""
        names: dict[str, Term] = {}
        for term in self.bank.glossary:
            for name in (term.name, *term.aliases, *((term.expansion,) if term.expansion else ())):
                names.setdefault(name.value.casefold(), term)
        return names

    def kind(self, *kinds: Kind) -> Iterator[Item]:
        """The entries of some kinds."""
        return (item for item in self.items if item.entry.kind in kinds)


def linted_deck(bank: Bank, notes: Sequence[Note], today: datetime.date) -> LintedDeck:
    """Join the entries of a bank with their notes. Withdrawn entries, and those without a note, are left out."""
    by_id = {note.id: note for note in notes}
    taken: set[str] = set()
    items = []
    unsound = bool(bank.passed_over)
    for topic, entry in bank.entries():
        note = by_id.get(entry.id.value)
        unsound = unsound or note is None
        if note is None or entry.withdrawn is not None or entry.id.value in taken:
            continue
        taken.add(entry.id.value)
        item = Item(topic, entry, note)
        item.texts = tuple(_text(item, key, node) for key, node in entry.texts())
        items.append(item)
    shown = frozenset(name for note in notes for name in note.media)
    return LintedDeck(bank, tuple(items), shown, today, unsound)


def _text(item: Item, key: str, node: Scalar) -> Text:
    fact = key == "fact" and item.note.record.text is not None
    if fact and "$" not in node.value and "`" not in node.value:
        return Text(item, key, node, item.note.record.text or "")
    rich = read_by_hand(node.value)[0] if fact and "{{" in node.value else render(node.value)
    return Text(item, key, node, (item.note.record.text or "") if fact else rich.text, rich.atoms)


def words_of(text: str) -> list[str]:
    """The words of a text in order, as `WORD` finds them."""
    written = text.replace(_OBJECT, " ")
    if written.isascii():
        words = written.translate(_SPACES)
        if "'" not in words and "-" not in words:
            return words.split()
    return WORD.findall(text)


def class_of(term: Term) -> str:
    """The class of a glossary term, or an empty text."""
    return term.kind.value if term.kind is not None else ""
