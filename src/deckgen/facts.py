"""The blanks of an automatic fact across edits: what the lock holds is kept, what is new is chosen.

A fact whose text did not change keeps exactly the blanks it has. After an edit every blank is looked for in the
new text; blanks are added only where the text is new, where the author asks for them, or where none is left.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deckgen.lock import Answer, NoteRecord
from deckgen.numbering import Wanted
from deckgen.succession import Names, succeeds_in_place

if TYPE_CHECKING:
    from deckgen.cloze import Blank, Choice, Engine

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MAX_ALIGNED = 1_000_000
"""Most pairs of tokens that are compared to align two texts: a thousand tokens each."""
_MAX_GAP = 200
"""Most tokens among which an answer in new spelling is looked for."""
_MAX_SPAN = 12  # tokens that an answer in new spelling may have more than the old one


@dataclass(frozen=True, slots=True)
class Steering:
    """What the author of a fact asks of the generator."""

    hide: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    hints: tuple[tuple[str, str], ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Blanked:
    """The blanks wanted, one `Wanted` for each number, and ``hide`` texts that the fact does not hold."""

    wanted: tuple[Wanted, ...]
    missing: tuple[str, ...] = ()


def blanks(
    text: str,
    atoms: Sequence[tuple[int, int]],
    steering: Steering,
    record: NoteRecord | None,
    engine: Callable[[], Engine],
    names: Names,
    *,
    recloze: bool = False,
) -> Blanked:
    """Choose what to hide in a fact, given what was hidden in it before; where that still holds, no engine is asked."""
    if record is None or record.text is None or recloze or not record.answers:
        return _chosen(text, atoms, steering, engine)
    unmoved = _unmoved(record, text)
    alignment = None if unmoved is not None else _Alignment(record.text, text, names)
    located = alignment.located(record.answers) if alignment is not None else unmoved or []
    kept = [(answer, spans) for answer, spans in located if not _unwanted(spans, text, steering.keep)]
    wanted = [_keeping(answer, spans, text, steering) for answer, spans in kept]
    if alignment is None and len(kept) == len(record.answers) and _all_hidden(kept, text, steering.hide):
        return Blanked(tuple(wanted))
    fixed = [(start, end, index) for index, (_, spans) in enumerate(kept, 1) for start, end in spans]
    fresh = alignment.fresh() if alignment is not None else []
    wished = (*steering.hide, *_back_again(record, text, fresh))
    choice = _choose(text, atoms, replace(steering, hide=wished), engine, fixed)
    for group in _groups(choice.blanks):
        if group[0].group <= len(kept):
            continue
        forced = any(text[blank.start : blank.end] in wished for blank in group)
        new = any(start < blank.end and blank.start < end for blank in group for start, end in fresh)
        if forced or new or not kept:
            wanted.append(_fresh(group, text))
    return Blanked(tuple(sorted(wanted, key=lambda item: item.places)), choice.missing)


def _back_again(record: NoteRecord, text: str, fresh: Sequence[tuple[int, int]]) -> list[str]:
    """Texts of retired answers that stand in the new words of a text: their cards are asked again."""
    return [
        part
        for answer in record.retired
        for part in answer.texts
        for match in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text)
        if any(start < match.end() and match.start() < end for start, end in fresh)
    ]


def _chosen(text: str, atoms: Sequence[tuple[int, int]], steering: Steering, engine: Callable[[], Engine]) -> Blanked:
    choice = _choose(text, atoms, steering, engine)
    return Blanked(tuple(_fresh(group, text) for group in _groups(choice.blanks)), choice.missing)


def _choose(
    text: str,
    atoms: Sequence[tuple[int, int]],
    steering: Steering,
    engine: Callable[[], Engine],
    fixed: Sequence[tuple[int, int, int]] = (),
) -> Choice:
    return engine().choose(
        text,
        atoms=atoms,
        hide=steering.hide,
        keep=steering.keep,
        hints=dict(steering.hints),
        limit=steering.limit,
        fixed=fixed,
    )


def _groups(chosen: Sequence[Blank]) -> list[list[Blank]]:
    groups: dict[int, list[Blank]] = {}
    for blank in chosen:
        groups.setdefault(blank.group, []).append(blank)
    return list(groups.values())


def _fresh(group: list[Blank], text: str) -> Wanted:
    hint = next((blank.hint for blank in group if blank.hint), None)
    return Wanted(tuple(text[b.start : b.end] for b in group), tuple(b.start for b in group), hint)


def _keeping(answer: Answer, spans: Sequence[tuple[int, int]], text: str, steering: Steering) -> Wanted:
    texts = tuple(text[start:end] for start, end in spans)
    hints = dict(steering.hints)
    hint = next((hints[part] for part in texts if part in hints), answer.hint)
    return Wanted(texts, tuple(start for start, _ in spans), hint, kept=answer.number)


def _unwanted(spans: Sequence[tuple[int, int]], text: str, keep: Sequence[str]) -> bool:
    for part in keep:
        for match in re.finditer(re.escape(part), text):
            if any(start < match.end() and match.start() < end for start, end in spans):
                return True
    return False


def _all_hidden(kept: Sequence[tuple[Answer, list[tuple[int, int]]]], text: str, hide: Sequence[str]) -> bool:
    hidden = {text[start:end] for _, spans in kept for start, end in spans}
    return all(part in hidden for part in hide)


# Finding old blanks in a new text


Located = list[tuple[Answer, list[tuple[int, int]]]]


def _unmoved(record: NoteRecord, text: str) -> Located | None:
    """The live answers where the lock says they are; None if the text is not the one the lock knows."""
    if record.text != text:
        return None
    located: Located = []
    for answer in record.answers:
        if len(answer.places) != len(answer.texts):
            return None
        spans = [(int(at), int(at) + len(part)) for part, at in zip(answer.texts, answer.places, strict=True)]
        if any(text[start:end] != part for part, (start, end) in zip(answer.texts, spans, strict=True)):
            return None
        located.append((answer, spans))
    return located


def _like_edges(old: str, new: str) -> bool:
    """Whether a text begins and ends as an answer may: with a letter, a digit, a sign, or as the old one did."""
    first, last = new[:1], new[-1:]
    return (first.isalnum() or first in "≥≤<>~±(-" + old[:1]) and (last.isalnum() or last in "%)°′″" + old[-1:])


Locate = Callable[[str, int], tuple[int, int] | None]


def _aligned(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Which token of the new text each token of the old one became; of very long texts only their equal ends."""
    pairs: dict[int, int] = {}
    if len(old) * len(new) > _MAX_ALIGNED:
        same = 0
        while same < min(len(old), len(new)) and old[same] == new[same]:
            pairs[same] = same
            same += 1
        back = 1
        while back <= min(len(old), len(new)) - same and old[-back] == new[-back]:
            pairs[len(old) - back] = len(new) - back
            back += 1
        return pairs
    for start_old, start_new, size in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        pairs.update((start_old + step, start_new + step) for step in range(size))
    return pairs


class _Alignment:
    """Two texts of one fact, and which characters of the old one stand where in the new one."""

    def __init__(self, old: str, new: str, names: Names) -> None:
        self.old, self.new, self.names = old, new, names
        self.old_tokens = [match.span() for match in _TOKEN.finditer(old)]
        self.new_tokens = [match.span() for match in _TOKEN.finditer(new)]
        self.old_starts = [start for start, _ in self.old_tokens]
        self.pairs = _aligned([old[a:b] for a, b in self.old_tokens], [new[a:b] for a, b in self.new_tokens])
        self.taken: list[tuple[int, int]] = []

    def located(self, answers: Sequence[Answer]) -> Located:
        """The answers that the new text still holds, each with the ranges of its mentions."""
        found: Located = []
        waiting = list(answers)
        for locate in (self.moved, self.again, self.succeeded):
            for answer in list(waiting):
                spans = self.all_of(answer, locate)
                if spans is not None:
                    found.append((answer, spans))
                    waiting.remove(answer)
        return sorted(found, key=lambda pair: pair[1])

    def fresh(self) -> list[tuple[int, int]]:
        """Ranges of the new text that hold words the old text did not have there."""
        matched = set(self.pairs.values())
        return [
            span for index, span in enumerate(self.new_tokens) if index not in matched and self.new[span[0]].isalnum()
        ]

    def all_of(self, answer: Answer, locate: Locate) -> list[tuple[int, int]] | None:
        spans: list[tuple[int, int]] = []
        for part, at in zip(answer.texts, answer.places or (0,) * len(answer.texts), strict=False):
            span = locate(part, int(at))
            if span is None or any(span[0] < end and start < span[1] for start, end in (*self.taken, *spans)):
                return None
            spans.append(span)
        if len(spans) != len(answer.texts):
            return None
        self.taken += spans
        return sorted(spans)

    def first_token(self, at: int) -> int:
        return max(0, bisect_left(self.old_starts, at + 1) - 1)

    def moved(self, part: str, at: int) -> tuple[int, int] | None:
        """The same characters at the place to which they moved."""
        first = self.first_token(at)
        last = self.first_token(at + len(part) - 1)
        places = [self.pairs.get(index) for index in range(first, last + 1)]
        start, end = places[0], places[-1]
        if start is None or end is None or None in places or end - start != last - first:
            return None
        begin = self.new_tokens[start][0] + at - self.old_tokens[first][0]
        return (begin, begin + len(part)) if self.new[begin : begin + len(part)] == part else None

    def again(self, part: str, at: int) -> tuple[int, int] | None:
        """The same characters elsewhere, as whole words, nearest to where they were expected."""
        wanted = self.gap(part, at)[0]
        found = [
            match.span()
            for match in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", self.new)
            if not any(match.start() < end and start < match.end() for start, end in self.taken)
        ]
        return min(found, key=lambda span: abs(span[0] - wanted), default=None)

    def gap(self, part: str, at: int) -> tuple[int, int]:
        """The range of the new text that stands where an answer stood in the old one."""
        before = self.first_token(at) - 1
        while before >= 0 and before not in self.pairs:
            before -= 1
        after = self.first_token(at + len(part) - 1) + 1
        while after < len(self.old_tokens) and after not in self.pairs:
            after += 1
        start = self.new_tokens[self.pairs[before]][1] if before >= 0 else 0
        end = self.new_tokens[self.pairs[after]][0] if after < len(self.old_tokens) else len(self.new)
        return start, max(start, end)

    def succeeded(self, part: str, at: int) -> tuple[int, int] | None:
        """A new spelling of an answer near the place where it stood: the longest that plainly succeeds it."""
        start, end = self.gap(part, at)
        slack = len(part) + 2
        tokens = [span for span in self.new_tokens if start - slack < span[1] and span[0] < end + slack]
        best: tuple[int, int] | None = None
        if len(tokens) > _MAX_GAP:
            return None
        for first, (begin, _) in enumerate(tokens):
            for _, stop in tokens[first : first + len(_TOKEN.findall(part)) + _MAX_SPAN]:
                piece = self.new[begin:stop]
                touches = begin < end and start < stop
                if not touches or not _like_edges(part, piece) or not succeeds_in_place(part, piece, self.names):
                    continue
                if any(begin < right and left < stop for left, right in self.taken):
                    continue
                if best is None or stop - begin > best[1] - best[0]:
                    best = (begin, stop)
        return best
