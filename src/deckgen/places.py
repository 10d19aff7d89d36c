"""Where a part of a text stands in its file, though the file writes it otherwise: quoted, folded, marked up.

Used for every diagnostic that speaks of some words of a text. What stands there exactly as it reads is found at once;
else blanks may be line breaks, characters may be escapes, and marks of emphasis and of cloze deletions may stand
between words.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 300
_MARK = r"(?:[*_`\\]|\{\{c\d+(?:,\d+)*::|(?:::[^{}\n]*)?\}\})*"
_BLANK = re.compile(r"\s+")
_SPELT = {'"': r'(?:\\?")', "'": "(?:''?)", "\\": r"(?:\\\\?)", "&": "(?:&(?:amp;)?)", "<": "(?:<|&lt;)"}


def written_at(source: str, start: int, end: int, text: str, first: int, last: int) -> tuple[int, int] | None:
    """The range of ``source`` in which ``text[first:last]`` is written, or None if it is not found.

    ``text`` is what a reader sees of ``source[start:end]``. Where a part stands there more often than in the text,
    the one whose place is the likeliest is taken.
    """
    part = text[first:last]
    if not part.strip():
        return None
    shown, found = _places(source, start, end, text, part)
    if not found:
        return None
    if len(found) == len(shown):
        return found[shown[first]]
    likely = start + (end - start) * first / len(text)
    return min(found, key=lambda place: abs(place[0] - likely))


@lru_cache(maxsize=16)  # a rule that finds one thing many times in a text asks for the same again and again
def _places(source: str, start: int, end: int, text: str, part: str) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """Which occurrence of a part in a text begins where, and the ranges of the source where it is written."""
    pattern = re.compile(rf"(?=({re.escape(part)}))")
    shown = {match.start(): k for k, match in enumerate(pattern.finditer(text))}
    found = [match.span(1) for match in pattern.finditer(source, start, end)]
    if len(found) != len(shown) and len(part) <= _LONGEST:
        by_end: dict[int, int] = {}  # an escaped character matches with its backslash and without
        for match in _loose(part).finditer(source, start, end):
            by_end.setdefault(match.end(1), match.start())
        found = [(begin, stop) for stop, begin in by_end.items()] or found
    return shown, found


def _loose(part: str) -> re.Pattern[str]:
    words = ("".join(map(_character, word)) for word in _BLANK.split(part.strip()))
    return re.compile("(?=(" + rf"{_MARK}\s+{_MARK}".join(words) + "))")


def _character(letter: str) -> str:
    if letter.isascii():
        return _SPELT.get(letter, re.escape(letter))
    code = f"{ord(letter):x}"
    return rf"(?:{letter}|\\(?:x{code}|u{code:0>4}|U{code:0>8})|(?i:\\u{code:0>4}))"
