"""From rated candidates to blanks: none overlapping, none given away, enough left to read.

A text that appears more than once is hidden wherever it stands, under one number; where that cannot be done it is not
hidden at all. A blank of another number counts as seen, since Anki shows it while this one is asked.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.visible import Sight, acronym_of, is_trivial, key_of
from deckgen.cloze.wordlists import opposites

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deckgen.cloze.visible import Key

_FAR = 1 << 30
_MOST_HIDDEN = 0.7  # share of a fact's words that one card may hide


class Range(NamedTuple):
    """A taken blank: its place and its group."""

    start: int
    end: int
    group: int


class Selection:
    """Blanks taken so far. `fits` says of a range whether a blank may begin and end there."""

    def __init__(self, sight: Sight, fits: Callable[[int, int], bool], kept: Sequence[tuple[int, int]]) -> None:
        self.sight = sight
        self.blanks: list[Range] = []
        self._fits = fits
        self._kept = kept
        self._last = 0
        self.groups: set[int] = set()
        self._keys: dict[Key, int] = {}

    def force(self, places: Sequence[tuple[int, int]], group: int = 0) -> None:
        """Take ranges that are decided already, under the group given or the next one."""
        group = group or self._last + 1
        self._last = max(self._last, group)
        self.groups.add(group)
        for start, end in places:
            insort(self.blanks, Range(start, end, group))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a taken blank shares a character with the range."""
        before, after = self._gaps(start, end)
        return before < 0 or after < 0

    def _gaps(self, start: int, end: int) -> tuple[int, int]:
        """Characters between the range and the taken blanks around it, negative where they overlap."""
        i = bisect_left(self.blanks, (start,))
        before = start - self.blanks[i - 1].end if i else _FAR
        return before, self.blanks[i].start - end if i < len(self.blanks) else _FAR

    def why_not(self, answer: str, start: int, end: int, other_names: Sequence[str]) -> str | None:
        """The reason to leave a candidate out, or None after taking it."""
        if self._kept and any(a < end and start < b for a, b in self._kept):
            return "kept visible by the author"
        gap = min(self._gaps(start, end))
        if gap < 0:
            return "overlaps a better one"
        if gap == 1:  # nothing but a space between: two halves of one idea
            return "goes on from a better one"
        key = key_of(answer)
        if not key or is_trivial(key):
            return "too general to ask for"
        places = self._places(key, start, end)
        if isinstance(places, str):
            return places
        if sum([self.sight.count(a, b) for a, b in places]) > _MOST_HIDDEN * len(self.sight.words.keys):
            return "leaves too little to read"
        names = [key_of(name) for name in other_names]
        acronym = acronym_of(key) if len(key) > 1 else ""
        if acronym:
            names.append((acronym,))
        if self._given_away([name for name in names if name and name != key], start, end):
            return "given away by another name"
        if self.sight.spelled_out(answer, start, end):
            return "given away by the words it stands for"
        partner = self._partner(key)
        self.force(places, partner)
        self._keys[key] = partner or self._last
        return None

    def _partner(self, key: Key) -> int:
        """The group of a taken blank that is the opposite of this one, so that neither tells the other."""
        other = opposites().get(key[0]) if len(key) == 1 else None
        return self._keys.get((other,), 0) if other else 0

    def _places(self, key: Key, start: int, end: int) -> list[tuple[int, int]] | str:
        if self.sight.on_front(key):
            return "shown on the front of the card"
        out = [(start, end)]
        if self.sight.once(key):
            return out
        for a, b in self.sight.places(key):
            if a < end and start < b:
                continue
            free = self._fits(a, b) and not self.overlaps(a, b)
            if not free or any(x < b and a < y for x, y in self._kept):
                return "shown again in a place that cannot be hidden"
            out.append((a, b))
        return out

    def _given_away(self, names: Sequence[Key], start: int, end: int) -> bool:
        for name in names:
            if self.sight.on_front(name):
                return True
            if any(not (a < end and start < b) for a, b in self.sight.places(name)):
                return True
        return False
