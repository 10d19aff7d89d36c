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
    from collections.abc import Iterator, Sequence

DETERMINERS = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "your"}
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*|%")
Key = tuple[str, ...]
_SHORTEST, _LONGEST, _CAPITALS = 3, 8, 2  # letters of an acronym, and how many are capitals at least


class Words(NamedTuple):
    """The words of a text: where each begins and ends, and how it is compared, lower case without plural ending."""

    starts: list[int]
    ends: list[int]
    keys: list[str]


def words_of(text: str) -> Words:
    """The words of a text with their offsets."""
    found = list(_WORD.finditer(text))
    return Words([m.start() for m in found], [m.end() for m in found], [_key(m[0]) for m in found])


@lru_cache(maxsize=1 << 14)
def key_of(text: str) -> Key:
    """A text as a sequence of comparable words, without determiners unless nothing else is left."""
    keys = tuple(_key(word) for word in _WORD.findall(text))
    return tuple(k for k in keys if k not in DETERMINERS) or keys


@lru_cache(maxsize=1 << 14)
def _key(word: str) -> str:
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word)
    word = word.lower()
    return word.replace(",", "") if word[0].isdigit() else singular(word)


@lru_cache(maxsize=1 << 14)
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
        self._front = words_of(elsewhere).keys if elsewhere else []

    def places(self, key: Key) -> list[tuple[int, int]]:
        """Character ranges where the key is seen, none overlapping; determiners in between are passed over."""
        starts, ends, keys = self.words
        return [(starts[i], ends[last - 1]) for i, last in _matches(keys, key)]

    def once(self, key: Key) -> bool:
        """Whether the first word of the key comes but once."""
        return self.words.keys.count(key[0]) == 1

    def count(self, start: int, end: int) -> int:
        """How many words stand in a range of characters."""
        return bisect_left(self.words.ends, end + 1) - bisect_left(self.words.starts, start)

    def spelled_out(self, answer: str, start: int, end: int) -> bool:
        """Whether an acronym of three letters or more is spelled out by words outside the range."""
        key = key_of(answer)
        if len(key) != 1 or not _SHORTEST <= len(key[0]) <= _LONGEST or sum(map(str.isupper, answer)) < _CAPITALS:
            return False
        starts, ends, keys = self.words
        stop = lists()["stop"]
        kept = [i for i, word in enumerate(keys) if word not in stop and len(word) > 2]
        at = "".join(keys[i][0] for i in kept).find(key[0])
        return at >= 0 and (starts[kept[at]] >= end or ends[kept[at + len(key[0]) - 1]] <= start)

    def on_front(self, key: Key) -> bool:
        """Whether the rest of the front shows the key."""
        return bool(self._front) and any(True for _ in _matches(self._front, key))


def _matches(keys: Sequence[str], key: Key) -> Iterator[tuple[int, int]]:
    """Where a key stands among words, as half-open ranges, none overlapping."""
    if not key:
        return
    first, i = key[0], -1
    try:
        while True:
            i = keys.index(first, i + 1)
            last = _match(keys, i, key)
            if last:
                yield i, last
                i = last - 1
    except ValueError:
        return


def _match(words: Sequence[str], i: int, key: Key) -> int:
    """The index after the last word if the key begins at word i, else 0."""
    for k in key:
        while i < len(words) and words[i] in DETERMINERS and words[i] != k:
            i += 1
        if i >= len(words) or words[i] != k:
            return 0
        i += 1
    return i


@lru_cache(maxsize=1 << 14)
def acronym_of(key: Key) -> str:
    """Initials of a term of two or more words, lower case: 'lactate dehydrogenase' gives 'ld'."""
    stop = lists()["stop"]
    kept = [word for word in key if word not in stop]
    return "".join(word[0] for word in kept) if len(kept) > 1 else ""
