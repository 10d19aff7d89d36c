"""From scored candidates to blanks: none overlapping, none given away, enough left to read.

A text that appears more than once is hidden wherever it stands, under one number; where that cannot be done it is not
hidden at all. A blank of another number counts as seen, since Anki shows it while this one is asked.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.visible import Sight, abbreviation_of, is_trivial, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deckgen.cloze.visible import Key


class Range(NamedTuple):
    """A taken blank: its place and its group."""

    start: int
    end: int
    group: int


class Selection:
    """Blanks taken so far. `borders` are the offsets at which a blank may begin or end."""

    def __init__(
        self, sight: Sight, borders: tuple[frozenset[int], frozenset[int]], kept: Sequence[tuple[int, int]]
    ) -> None:
        self.sight = sight
        self.blanks: list[Range] = []
        self._starts, self._ends = borders
        self._kept = kept
        self._groups = 0
        self._keys: dict[Key, int] = {}

    def force(self, places: Sequence[tuple[int, int]], group: int = 0) -> None:
        """Take ranges that are decided already, under the group given or the next one."""
        group = group or self._groups + 1
        self._groups = max(self._groups, group)
        for start, end in places:
            insort(self.blanks, Range(start, end, group))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a taken blank shares a character with the range."""
        i = bisect_left(self.blanks, (start,))
        after = i < len(self.blanks) and self.blanks[i].start < end
        return after or (i > 0 and self.blanks[i - 1].end > start)

    def why_not(self, text: str, start: int, end: int, aliases: Callable[[str], Sequence[str]]) -> str | None:
        """The reason to leave a candidate out, or None after taking it."""
        if any(a < end and start < b for a, b in self._kept):
            return "kept visible by the author"
        if self.overlaps(start, end):
            return "overlaps a better one"
        answer = text[start:end]
        key = key_of(answer)
        if not key or is_trivial(key):
            return "too general to ask for"
        places = self._places(key, start, end)
        if places is None:
            return "shown again in a place that cannot be hidden"
        for other in self._other_names(answer, key, aliases):
            if self.sight.on_front(other):
                return "shown on the front of the card"
            if any(not (a < end and start < b) for a, b in self.sight.places(other)):
                return "given away by another name"
        self.force(places)
        return None

    def _places(self, key: Key, start: int, end: int) -> list[tuple[int, int]] | None:
        out = [(start, end)]
        for a, b in self.sight.places(key):
            if start <= a and b <= end or a < end and start < b:
                continue
            if a not in self._starts or b not in self._ends or self.overlaps(a, b):
                return None
            if any(x < b and a < y for x, y in self._kept):
                return None
            out.append((a, b))
        return None if self.sight.on_front(key) else out

    def _other_names(self, answer: str, key: Key, aliases: Callable[[str], Sequence[str]]) -> list[Key]:
        names = [key_of(name) for name in aliases(answer)]
        short = abbreviation_of(key)
        if len(short) > 1:
            names.append((short,))
        return [name for name in names if name and name != key]
