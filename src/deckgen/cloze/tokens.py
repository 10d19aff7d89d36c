"""Plain text to tokens whose borders are the only places a blank may begin or end.

A token is a run of characters without white space, less the punctuation around it. Atoms (formulas, links, emphasised
runs) stay whole. Scripts that write no spaces are cut where digits or Latin letters meet them, and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

# Han, kana, Hangul syllables and their full-width marks.
_EAST = (
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
_EAST_MARKS = "\u3000-\u3004\u3008-\u3020\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_PLAIN = r"([A-Za-z0-9]+(?:-[A-Za-z][A-Za-z0-9]*)*)(?:([,;:](?=\s|\Z)|\.(?=\Z))|(?=\s|\Z))"
_RUN = re.compile(rf"{_PLAIN}|\n|[{_EAST}]+|[{_EAST_MARKS}]|[^\s{_EAST}{_EAST_MARKS}]+")
EAST_WORD = re.compile(rf"[{_EAST}]")
_UNIT_RANGE = re.compile(r"(days?|weeks?|months?|years?|hours?|minutes?|%|kg|mg|g)([–-])(\d.*)\Z", re.DOTALL)
_LONG = 40
_APOSTROPHES = "'’"
_OPEN_QUOTE = re.compile(r"(?:\A|[\s(])['‘]")
_OPENERS = "([{"
_CLOSERS = ")]}"
_LEAD = frozenset("([{\"'“”‘’«»‹›„‚¿¡;:,.!?*_`|…-–—")
_TAIL = frozenset(")]}\"'“”‘’«»‹›;:,.!?*_`|…–—")
_DOTTED = re.compile(
    r"(?:[^\W\d_]\.){1,6}\Z|(?:v|vs|approx|ca|cf|Dr|Mr|Mrs|Ms|St|Prof|No|Fig|sp|spp|subsp|var|et al|al)\.\Z"
)
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Mn", "Mc", "Me"})
_JOINERS = frozenset("\u200d\u200c\ufe0e\ufe0f\u20e3")


class Token(NamedTuple):
    """A word, mark or atom, and where it stands. `depth` is brackets opened less brackets closed inside it."""

    start: int
    end: int
    text: str
    word: bool
    depth: int = 0
    atom: bool = False


def tokenise(text: str, atoms: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """The tokens of `text` in order; white space belongs to none, a line break is a token of its own."""
    if not atoms:
        tokens: list[Token] = []
        _cut(text, 0, len(text), tokens)
        return tokens
    tokens = []
    at = 0
    for start, end in merged(atoms):
        _cut(text, at, start, tokens)
        tokens.append(Token(start, end, text[start:end], word=True, atom=True))
        at = end
    _cut(text, at, len(text), tokens)
    return tokens


def merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that overlap made one, empty ones dropped."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _cut(text: str, start: int, end: int, tokens: list[Token]) -> None:
    add = tokens.append
    for match in _RUN.finditer(text, start, end):
        groups = match.lastindex
        if groups:
            a, b = match.span(1)
            add(Token(a, b, text[a:b], True))
            if groups > 1:
                add(Token(b, b + 1, text[b], False))
        else:
            _peel(text, *match.span(), tokens)


def _peel(text: str, a: int, b: int, tokens: list[Token]) -> None:
    """Split one run into leading marks, the core and trailing marks."""
    run = text[a:b]
    unit = _UNIT_RANGE.match(run) if len(run) < _LONG else None
    if "—" in run:
        for part in re.finditer("—|[^—]+", run):
            _peel_part(text, a + part.start(), a + part.end(), tokens)
    elif unit:
        for first, last in (unit.span(1), unit.span(2), unit.span(3)):
            _peel_part(text, a + first, a + last, tokens)
    else:
        _peel_part(text, a, b, tokens)


def _peel_part(text: str, a: int, b: int, tokens: list[Token]) -> None:
    first, last = a, b
    while first < last and text[first] in _LEAD and not _number_follows(text, first, last):
        first += 1
    depth = sum(text.count(c, first, last) for c in _OPENERS) - sum(text.count(c, first, last) for c in _CLOSERS)
    while last > first and text[last - 1] in _TAIL:
        mark = text[last - 1]
        if mark in _CLOSERS:
            if depth >= 0:
                break
            depth += 1
        elif last == b < len(text) and _belongs(mark, text, first, last):
            break
        last -= 1
    tokens.extend(_mark(text, i) for i in range(a, first))
    if first < last:
        core = text[first:last]
        tokens.append(Token(first, last, core, word=any(c.isalnum() for c in core), depth=depth))
    tokens.extend(_mark(text, i) for i in range(last, b))


def _belongs(mark: str, text: str, first: int, last: int) -> bool:
    """The stop of an abbreviation; the apostrophe of 'Thirty Years' War', where no quotation mark is open."""
    if mark == ".":
        return bool(_DOTTED.match(text, max(first, last - 12), last))
    possessive = mark in _APOSTROPHES and text[last - 2 : last - 1] in ("s", "S") and text[last] == " "
    if not possessive or not text[last + 1 : last + 2].isalpha():
        return False
    return not _OPEN_QUOTE.search(text, max(0, first - _LONG), last - 1)


def _number_follows(text: str, at: int, end: int) -> bool:
    """A sign or a decimal point that belongs to the number after it: -5, .05."""
    return text[at] in "-–." and at + 1 < end and text[at + 1].isdigit()


def _mark(text: str, at: int) -> Token:
    char = text[at]
    return Token(at, at + 1, char, word=False, depth=(char in _OPENERS) - (char in _CLOSERS))


def is_border(text: str, at: int) -> bool:
    """Whether a blank may begin or end at this offset: not inside a word and not inside a grapheme cluster."""
    if at <= 0 or at >= len(text):
        return 0 <= at <= len(text)
    before, after = text[at - 1], text[at]
    if after in _JOINERS or before == "\u200d" or unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return False
    if (_flag(before) and _flag(after)) or 0x1F3FB <= ord(after) <= 0x1F3FF:
        return False
    if EAST_WORD.match(before) or EAST_WORD.match(after):
        return not (0x1100 <= ord(after) <= 0x11FF)
    return not (_wordlike(before) and _wordlike(after))


def _flag(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def _wordlike(char: str) -> bool:
    return unicodedata.category(char) in _LETTERS


def cuts(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether [start, end) begins or ends strictly inside one of the sorted, disjoint ranges."""
    for at in (start, end):
        i = bisect_right(ranges, (at, -1)) - 1
        if i >= 0 and ranges[i][0] < at < ranges[i][1]:
            return True
    return False
