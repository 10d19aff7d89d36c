"""What else on a card gives an answer away: the same words again, in the plural, as an alias, an abbreviation."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.glossary import singular
from deckgen.cloze.tokens import EAST_WORD
from deckgen.cloze.wordlists import lists

if TYPE_CHECKING:
    from collections.abc import Sequence

DETERMINERS = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "your"}
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*|%")
Key = tuple[str, ...]
_SHORTEST, _LONGEST = 3, 8  # letters of an acronym


class Word(NamedTuple):
    """A word of the text as leaks are compared: its place, and its lower-case form without plural ending."""

    start: int
    end: int
    key: str


def words_of(text: str) -> list[Word]:
    """The words of a text with their offsets."""
    return [Word(m.start(), m.end(), _key(m.group())) for m in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 14)
def key_of(text: str) -> Key:
    """A text as a sequence of comparable words, without determiners unless nothing else is left."""
    keys = tuple(_key(word) for word in _WORD.findall(text))
    return tuple(k for k in keys if k not in DETERMINERS) or keys


def _key(word: str) -> str:
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word)
    word = word.lower()
    return word.replace(",", "") if word[0].isdigit() else singular(word)


def is_trivial(key: Key) -> bool:
    """Whether an answer holds nothing but closed-class words, general words or single letters."""
    trivial = _trivial()
    return all(k in trivial or (len(k) == 1 and k.isalpha() and not EAST_WORD.match(k)) for k in key)


@lru_cache(maxsize=1)
def _trivial() -> frozenset[str]:
    words = lists()["stop"] | lists()["general"]
    return words | {singular(word) for word in words}


class Sight:
    """The words of a fact and of the rest of the card's front, ready to be searched."""

    def __init__(self, text: str, elsewhere: str = "") -> None:
        self.words = words_of(text)
        self._at: dict[str, list[int]] = {}
        for i, word in enumerate(self.words):
            self._at.setdefault(word.key, []).append(i)
        self._front = words_of(elsewhere) if elsewhere else []
        self._starts = [w.start for w in self.words]
        self._ends = [w.end for w in self.words]
        self._initials: tuple[str, list[Word]] | None = None

    def places(self, key: Key) -> list[tuple[int, int]]:
        """Character ranges where the key is seen, none overlapping; determiners in between are passed over."""
        out: list[tuple[int, int]] = []
        free = 0
        for i in self._at.get(key[0], ()) if key else ():
            if i < free:
                continue
            last = self._match(self.words, i, key)
            if last:
                out.append((self.words[i].start, self.words[last - 1].end))
                free = last
        return out

    def count(self, start: int, end: int) -> int:
        """How many words stand in a range of characters."""
        return bisect_left(self._ends, end + 1) - bisect_left(self._starts, start)

    def spelled_out(self, key: Key, start: int, end: int) -> bool:
        """Whether an acronym of three letters or more is spelled out by words outside the range."""
        if len(key) != 1 or not (_SHORTEST <= len(key[0]) <= _LONGEST) or not key[0].isalpha():
            return False
        if self._initials is None:
            stop = lists()["stop"]
            kept = [w for w in self.words if w.key not in stop and len(w.key) > 2]
            self._initials = ("".join(w.key[0] for w in kept), kept)
        letters, kept = self._initials
        at = letters.find(key[0])
        return at >= 0 and (kept[at].start >= end or kept[at + len(key[0]) - 1].end <= start)

    def on_front(self, key: Key) -> bool:
        """Whether the rest of the front shows the key."""
        return bool(key) and any(
            w.key == key[0] and self._match(self._front, i, key) for i, w in enumerate(self._front)
        )

    @staticmethod
    def _match(words: Sequence[Word], i: int, key: Key) -> int:
        """The index after the last word if the key begins at word i, else 0."""
        for k in key:
            while i < len(words) and words[i].key in DETERMINERS and words[i].key != k:
                i += 1
            if i >= len(words) or words[i].key != k:
                return 0
            i += 1
        return i


def acronym_of(key: Key) -> str:
    """Initials of a term of two or more words, lower case: 'lactate dehydrogenase' gives 'ld'."""
    stop = lists()["stop"]
    kept = [word for word in key if word not in stop]
    return "".join(word[0] for word in kept) if len(kept) > 1 else ""
