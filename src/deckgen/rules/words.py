"""Words as the rules compare them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from deckgen.linted import WORD, words_of

Value = TypeVar("Value")
STOP = frozenset(
    """a an the this that these those it its they their them he his she her we us our you your i my me and or but so if
    then
    than as of in on at by to from for with within into onto over between among through during after above out off
    about per via is are was were be been being am do does did done have has had having can could may might must shall
    should will would which who whom whose what when where why how there here all any both each such own same too very
    just also because while until again since upon like e.g eg i.e ie etc vs versus""".split()  # noqa: SIM905 - a word list
)
"""Words of grammar."""
FILLERS = STOP | frozenset(
    """mainly mostly chiefly commonly typically usually generally often frequently primarily normally currently
    really actually basically simply essentially called known name named following correct please""".split()  # noqa: SIM905
)
"""Words that may come or go without changing what is asked."""
_KEPT = frozenset("over after above between during through within into onto out off to from in on like than".split())  # noqa: SIM905
"""Words of grammar that do change it."""
GENERAL = STOP | frozenset(
    """one two three yes no not use thing kind type way part form case number example process result level value time
    place person something important common different large small high low good new first second""".split()  # noqa: SIM905
)
"""Words that are no answer by themselves."""
_GREEK = dict(zip(map(ord, "αβγδεζηθικλμνξπρστυφχψω"), "abgdezhqiklmnxprstufcyw", strict=True))
_SPELT = re.compile(r"alpha|beta|gamma|delta|epsilon|kappa|lambda|omega|sigma")
_MARKS = re.compile(r"[\W_]+")


def content(text: str) -> tuple[str, ...]:
    """The words of a text that carry its meaning, in order, lower case and singular."""
    return tuple(filter(None, map(FOLDED.__getitem__, words_of(text))))


def folded(word: str) -> str:
    """A word for comparing: lower case, singular; empty for one that carries no meaning."""
    low = word.lower()
    if low in FILLERS and low not in _KEPT:
        return ""
    return singular(low)


class Memo(dict[str, Value]):
    """What a function makes of words, each asked for once: a deck has many more words than different ones."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        self.make = make

    def __missing__(self, word: str) -> Value:
        self[word] = made = self.make(word)
        return made


FOLDED = Memo(folded)
"""Words for comparing, by the words as written."""


def count(text: str) -> int:
    """How many words a text has; numbers count too."""
    return len(words_of(text))


def singular(word: str) -> str:
    """A lower-case word without its plural ending; for comparing, not for showing."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "suis":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]


@functools.lru_cache(maxsize=65536)
def key_of(name: str) -> tuple[str, ...]:
    """A name as comparable words without articles; empty if it holds only general words or single letters.

    A capital A is kept: it may be a note, a vitamin or a blood group.
    """
    words = [word for word in WORD.findall(name) if word not in ("a", "an", "An", "the", "The")]
    keys = tuple(singular(word.lower()) for word in words)
    return () if all(key in GENERAL or (len(key) == 1 and key.isascii()) for key in keys) else keys


def places_of(key: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    """Where a text holds the words of a key behind each other, in singular or plural."""
    words = [(match.start(), match.end(), singular(match[0].lower())) for match in WORD.finditer(text)]
    last = len(key) - 1
    return [
        (words[at][0], words[at + last][1])
        for at in range(len(words) - last)
        if words[at][2] == key[0] and all(words[at + step][2] == key[step] for step in range(1, last + 1))
    ]


def quoted(text: str, most: int = 60) -> str:
    """A text as a message shows it."""
    flat = " ".join(text.split())
    return f"`{flat if len(flat) <= most else flat[: most - 1] + '…'}`"


def skeleton(name: str) -> str:
    """What two spellings of one name share: no hyphens, spaces, case; Greek letters as Latin ones."""
    low = unicodedata.normalize("NFKC", name).casefold()
    low = _SPELT.sub(lambda found: found[0][0], low)
    return _MARKS.sub("", low).translate(_GREEK)
