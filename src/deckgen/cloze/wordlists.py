"""Lists of words that ship with the engine, read at first use.

`lists.txt` holds hand-written lists; `words.tsv` holds frequent English words with their usual word class and their
frequency (Zipf scale, times ten). Letters of word classes:

    N noun  A adjective  J comparative  R adverb  b verb, base form  v verb in -s  d verb in -ed  g verb in -ing
    a noun or verb in -s  X not in the list, so most often a rare noun  U capitalised  K code, acronym, mixed script
    L label after a noun (type II)  D determiner  Q quantifier  o "of"  P preposition  T "to"  C and, or, but  B be
    H have, do  M modal  Z negation  W relative or subordinating  r pronoun  x second half of "such as", "at least"
    G verb in -ing with an object  # number  % percentage  q quantity  y date  , ; . : ( ) marks  ' other marks
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

RARE = 20  # frequency of a word that is not in the list


@lru_cache(maxsize=1)
def lists() -> dict[str, frozenset[str]]:
    """The hand-written lists by name."""
    out: dict[str, list[str]] = {}
    name = ""
    for line in read_lines("lists.txt"):
        if line.startswith("["):
            name = line.strip("[]")
        else:
            out.setdefault(name, []).extend(line.split())
    return {key: frozenset(members) for key, members in out.items()}


@lru_cache(maxsize=1)
def frequent_words() -> dict[str, tuple[str, int]]:
    """Frequent words with their class letter ('-' when not known) and frequency."""
    out = {}
    for line in read_lines("words.tsv"):
        word, tag, frequency = line.split("\t")
        out[word] = (tag, int(frequency))
    return out


@lru_cache(maxsize=1)
def closed_words() -> dict[str, str]:
    """Class letter of each closed-class word."""
    return _members("tag ")


@lru_cache(maxsize=1)
def verb_groups() -> dict[str, str]:
    """The group of each verb that says how a fact is built: 'causes' is of group 'cause'."""
    return _members("verb ")


@lru_cache(maxsize=1)
def opposites() -> dict[str, str]:
    """For each word of a pair of opposites the other one."""
    pairs = [pair.split("/") for pair in sorted(lists()["opposites"])]
    return dict([(a, b) for a, b in pairs] + [(b, a) for a, b in pairs])


def _members(prefix: str) -> dict[str, str]:
    named = {name.removeprefix(prefix): words for name, words in lists().items() if name.startswith(prefix)}
    return {word: name for name in sorted(named) for word in sorted(named[name])}


def read_lines(name: str) -> list[str]:
    """The lines of a file of this package that are neither empty nor a comment."""
    text = (files("deckgen.cloze") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
