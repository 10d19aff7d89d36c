"""What one word is out of context: its class, how rare it is, what its form says."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from deckgen.cloze.names import form_of
from deckgen.cloze.values import number_kind, opens_value
from deckgen.cloze.wordlists import RARE, closed_words, frequent_words

_SUFFIX_CLASSES = (
    (("ly",), "R"),
    (("ing",), "g"),
    (("ed",), "d"),
    (("ic", "al", "ous", "ive", "able", "ible", "less", "ful", "oid"), "A"),
    (("izes", "ises", "ates", "ifies"), "v"),
)
_FREQUENT = 33  # nouns below are terms more often than not
_HYPHEN_ADJECTIVE = ("ed", "like", "specific", "dependent", "type", "term", "positive", "negative", "line", "free")
_MARKS = {",": ",", ";": ";", ":": ";", "(": "(", ")": ")", "[": "(", "]": ")", ".": ".", "\n": ".", "!": ".", "?": "."}
_MARKS |= {"、": ",", "，": ",", "。": ".", "；": ";", "：": ";", "（": "(", "）": ")", "—": ";", "–": ";"}


class Look(NamedTuple):
    """Lower case, class letter, frequency, form (see `names`), and whether a value may begin with it."""

    low: str
    tag: str
    frequency: int
    form: str
    value: bool


@lru_cache(maxsize=1 << 16)
def look(text: str) -> Look:
    """A word or mark out of context."""
    low = text.lower()
    value = opens_value(text)
    if len(text) == 1 and not text.isalnum() and not value:
        return Look(low, _MARKS.get(text, "'"), 70, "", False)
    tag = closed_words().get(low, "")
    if tag and not (text.isupper() and len(text) > 1):
        return Look(low, tag, 70, "", value)
    if number_kind(text):
        return Look(low, "#", RARE, "", True)
    tag, frequency = frequent_words().get(low, ("-", RARE))
    return Look(low, _open_class(text, low, tag, frequency), frequency, form_of(text), value)


def _open_class(text: str, low: str, tag: str, frequency: int) -> str:
    if text.upper() == low and not any(c.isdigit() for c in text) and not low.isascii():
        return "X"  # a script without capitals
    if not low.isalpha() and ("-" in low or "–" in low):
        return _hyphened(text, low.replace("–", "-").rpartition("-")[2])
    if len(text) == 1 or not low.isalpha() or not (text.islower() or text[1:].islower()):
        return "K"
    if tag == "a" and _stem_class(low) == "b":
        return "v"
    if tag == "-":
        return next((letter for endings, letter in _SUFFIX_CLASSES if low.endswith(endings)), "X")
    return "X" if tag == "N" and frequency < _FREQUENT else tag


def _stem_class(low: str) -> str:
    """The usual class of a word in -s without its ending."""
    stems = (low[:-1], low[:-2]) if low.endswith("es") else (low[:-1],)
    if low.endswith("ies"):
        stems = (low[:-3] + "y",)
    return next((tag for tag, _ in map(frequent_words().get, stems, [("", 0)] * 2) if tag), "")


def _hyphened(text: str, last: str) -> str:
    tag = frequent_words().get(last, ("-", RARE))[0]
    if tag in "dAJgbv" or last.endswith(_HYPHEN_ADJECTIVE):
        return "A"
    if any(c.isdigit() or c.isupper() for c in text[1:]):
        return "K"
    return "N" if tag in "Na" else "X"
