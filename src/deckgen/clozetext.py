"""Cloze deletions in and out of field HTML.

Writing: deletions are ranges of a text's visible characters; whatever is hidden, Anki shows exactly that, also
where it holds ``::``, ``}}`` or a formula. Reading: the deletions that an author wrote by hand in a fact, and
those in a field of a package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from deckgen.markup import Doubt, Rich, Segment, encode, render, visible_text

MAX_NUMBER = 500
"""Anki makes no cards for higher cloze numbers."""
MAX_NESTING = 8
"""Anki stops rendering deletions that are nested ten deep."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """A cloze deletion: the half-open range of visible characters it hides, its number, and its hint."""

    start: int
    end: int
    number: int
    hint: str | None = None


# Writing


def with_deletions(rich: Rich, deletions: Iterable[Deletion]) -> str:
    """The field HTML of a text with its deletions, which may be nested but must not cross each other."""
    ordered = sorted(deletions, key=lambda item: (item.start, -item.end))
    if not ordered:
        return rich.html
    flat = _flat(rich.text, ordered) if len(rich.segments) == 1 and rich.segments[0].role == "text" else None
    return _Encoder(ordered).encode(rich.segments) if flat is None else flat


def _flat(text: str, ordered: Iterable[Deletion]) -> str | None:
    """Plain text with deletions behind each other, as nearly all are; None where they are nested."""
    out: list[str] = []
    at = 0
    for item in ordered:
        if item.start < at or item.start >= item.end:
            return None
        hint = encode(item.hint) if item.hint else None
        out += (encode(text[at : item.start]), deletion(item.number, encode(text[item.start : item.end]), hint))
        at = item.end
    return "".join(out) + encode(text[at:])


def sealed(text: str) -> str:
    """HTML made safe to stand inside a deletion or a hint, where a double colon would end it."""
    return text.replace(":", "&#58;").replace("[sound&#58;", "[sound:")


def deletion(number: int, answer: str, hint: str | None = None) -> str:
    """One deletion around ready field HTML; ``hint`` is field HTML too."""
    tail = f"::{sealed(hint)}" if hint else ""
    return f"{{{{c{number}::{sealed(answer)}{tail}}}}}"


_EMPTY_PAIR = re.compile(r"<(em|strong|a)(?: [^<>]*)?></\1>")


class _Encoder:
    def __init__(self, ordered: list[Deletion]) -> None:
        self.waiting = ordered[::-1]
        self.running: list[Deletion] = []
        self.tags: list[str] = []
        self.out: list[str] = []

    def encode(self, segments: Sequence[Segment]) -> str:
        at = 0
        for segment in segments:
            if segment.role in ("text", "atom"):
                self.visible(segment, at)
            else:
                self.markup(segment)
            at += len(segment.visible)
        joined = "".join(self.out)
        while "></" in joined and _EMPTY_PAIR.search(joined):
            joined = _EMPTY_PAIR.sub("", joined)
        return joined

    def put(self, field: str) -> None:
        self.out.append(sealed(field) if self.running else field)

    def markup(self, segment: Segment) -> None:
        if segment.role == "open":
            self.tags.append(segment.html)
        elif segment.role == "close":
            self.tags.pop()
        self.put(segment.html)

    def visible(self, segment: Segment, start: int) -> None:
        at, end = start, start + len(segment.visible)
        while at < end:
            while self.waiting and self.waiting[-1].start <= at:
                self.open(self.waiting.pop())
            stop = min(end, self.waiting[-1].start) if self.waiting else end
            for item in self.running:
                stop = min(stop, item.end)
            if segment.role == "atom":
                self.put(segment.html)
                stop = end
            else:
                self.put(encode(segment.visible[at - start : stop - start]))
            at = stop
            while self.running and self.running[-1].end <= at:
                self.close()

    def open(self, item: Deletion) -> None:
        self.running.append(item)
        self.across_tags(f"{{{{c{item.number}::")

    def close(self) -> None:
        item = self.running.pop()
        hint = f"::{sealed(encode(item.hint))}" if item.hint else ""
        self.across_tags(f"{hint}}}}}")

    def across_tags(self, mark: str) -> None:
        """A mark between inline tags: they are closed before it and opened again after it."""
        for tag in reversed(self.tags):
            name = re.match(r"<(\w+)", tag)
            assert name is not None
            self.put(f"</{name[1]}>")
        self.out.append(mark)
        for tag in self.tags:
            self.put(tag)


# Reading what an author wrote by hand

_MARKS = re.compile(
    r"`[^`\n]*`(?P<code>)|\$\$(?<![\\$]\$\$)(?:[^$\\]|\\.)+\$\$(?P<display>)"
    r"|\$(?<![\\$]\$)(?=\S)(?:[^$\\\n]|\\.)+?(?<=\S)\$(?!\d)(?P<formula>)"
    r"|\{\{c(?P<number>\d+)::|\{\{\s*[cC]\s*\d[\d, ]*:?(?P<odd>)|\}\}(?P<close>)|::(?P<hint>)"
)
_WHOLE = ("code", "display", "formula")
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_SENTINELS = re.compile(f"([{_OPEN}{_CLOSE}])")


def read_by_hand(text: str, media: Callable[[str], str | None] = lambda _: None) -> tuple[Rich, tuple[Deletion, ...]]:
    """A fact that holds Anki's own ``{{c1::..}}``: the text without the marks, and its deletions.

    What is wrong with the marks is added to the doubts of the text.
    """
    doubts: list[Doubt] = []
    marked, opened = _with_sentinels(text.replace(_OPEN, "").replace(_CLOSE, ""), doubts)
    rich = render(marked, media)
    segments, deletions = _without_sentinels(rich.segments, opened, doubts)
    plain = Rich(
        tuple(segments),
        "".join(segment.visible for segment in segments),
        "".join(segment.html for segment in segments),
        rich.images,
        (*rich.doubts, *doubts),
    )
    return plain, tuple(deletions)


def _with_sentinels(text: str, doubts: list[Doubt]) -> tuple[str, list[tuple[int, str | None]]]:
    """The text with one character for each mark, and the number and hint of each deletion as it opens."""
    parts: list[str] = []
    opened: list[tuple[int, str | None]] = []
    running: list[tuple[int, int]] = []  # index into opened, and where its hint begins in parts (or -1)
    at = 0
    for mark in _MARKS.finditer(text):
        parts.append(text[at : mark.start()])
        at = mark.end()
        kind = mark.lastgroup
        if kind == "number":
            number = int(mark["number"][:9])
            if not 1 <= number <= MAX_NUMBER:
                doubts.append(
                    _cloze_doubt(f"cloze numbers run from 1 to {MAX_NUMBER}", "choose another number", mark[0])
                )
            if len(running) >= MAX_NESTING:
                doubts.append(_cloze_doubt("cloze deletions are nested too deeply", "nest less deeply", mark[0]))
            opened.append((number, None))
            running.append((len(opened) - 1, -1))
            parts.append(_OPEN)
        elif kind == "odd":
            doubts.append(
                _cloze_doubt(f"`{mark[0]}` is not how a cloze deletion begins", "write {{c1::text}}", mark[0])
            )
            parts.append(mark[0])
        elif kind == "close" and running:
            index, hint_at = running.pop()
            if hint_at >= 0:
                opened[index] = (opened[index][0], "".join(parts[hint_at:]).strip())
                del parts[hint_at:]
            parts.append(_CLOSE)
        elif kind == "hint" and running and running[-1][1] < 0:
            running[-1] = (running[-1][0], len(parts))
        else:
            if kind in _WHOLE and re.search(r"\{\{c\d+::", mark[0]):
                doubts.append(
                    _cloze_doubt("a cloze deletion inside a formula or code", "hide the whole of it", mark[0])
                )
            parts.append(mark[0])
    parts.append(text[at:])
    for index, _ in running:
        wanted = "close it with }}"
        doubts.append(
            _cloze_doubt(f"the deletion c{opened[index][0]} is not closed", wanted, f"{{{{c{opened[index][0]}::")
        )
    parts.extend(_CLOSE for _ in running)
    return "".join(parts), opened


def _cloze_doubt(message: str, advice: str, quoted: str) -> Doubt:
    return Doubt("cloze-syntax", message, advice, quoted)


def _without_sentinels(
    segments: Iterable[Segment], opened: list[tuple[int, str | None]], doubts: list[Doubt]
) -> tuple[list[Segment], list[Deletion]]:
    out: list[Segment] = []
    found: list[Deletion] = []
    running: list[tuple[int, int, int]] = []  # index into opened, start, number of the block it opened in
    count = at = block = 0
    lost = False
    for segment in segments:
        if segment.role == "block" and not segment.html.startswith(("<br", "<img", "[sound")):
            block += 1
        if _OPEN not in segment.visible and _CLOSE not in segment.visible:
            out.append(segment)
            at += len(segment.visible)
            continue
        if segment.role == "atom":
            doubts.append(_cloze_doubt("a cloze deletion begins or ends inside code", "hide the whole of it", ""))
        kept: list[str] = []
        for piece in _SENTINELS.split(segment.visible):
            if piece == _OPEN:
                running.append((min(count, len(opened) - 1), at, block))
                count += 1
            elif piece == _CLOSE and not running:
                lost = True
            elif piece == _CLOSE:
                index, start, began = running.pop()
                number, hint = opened[index]
                if start == at:
                    doubts.append(
                        _cloze_doubt(f"the deletion c{number} hides nothing", "write what it hides", f"{{{{c{number}::")
                    )
                if began != block:
                    doubts.append(
                        _cloze_doubt(
                            f"the deletion c{number} runs over several paragraphs",
                            "hide less",
                            f"{{{{c{number}::",
                        )
                    )
                found.append(Deletion(start, at, number, hint))
            else:
                kept.append(piece)
                at += len(piece)
        visible = "".join(kept)
        if visible:
            out.append(Segment(segment.role, encode(visible), visible))
    if lost or running or count != len(opened):
        wanted = "hide something that the card shows: no address, no text of a picture, no cell without a column"
        doubts.append(_cloze_doubt("a cloze deletion begins or ends where nothing is shown", wanted, ""))
    return out, sorted(found, key=lambda item: (item.start, -item.end))


# Reading fields of a package

_FIELD_MARK = re.compile(r"\{\{c(\d+)::|\}\}|::")


@dataclass(frozen=True, slots=True)
class Found:
    """A deletion in field HTML: its number, the HTML it hides without inner marks, and its hint."""

    number: int
    answer: str
    hint: str | None
    start: int
    """Where it begins among the visible characters of the field without marks."""


def read_field(field: str) -> tuple[str, tuple[Found, ...]]:
    """Field HTML without its deletion marks, and the deletions in order of appearance."""
    out: list[str] = []
    found: list[Found] = []
    running: list[list[int]] = []  # number, place in out where it begins, place of its hint or -1, order
    at = 0
    for mark in _FIELD_MARK.finditer(field):
        out.append(field[at : mark.start()])
        at = mark.end()
        if mark[1]:
            running.append([int(mark[1]), len(out), -1])
        elif mark[0] == "}}" and running:
            number, begins, hint_at = running.pop()
            hint = "".join(out[hint_at:]) if hint_at >= 0 else None
            if hint_at >= 0:
                del out[hint_at:]
            before = visible_text("".join(out[:begins]))
            found.append(Found(number, "".join(out[begins:]), hint, len(before)))
        elif mark[0] == "::" and running and running[-1][2] < 0:
            running[-1][2] = len(out)
        else:
            out.append(mark[0])
    out.append(field[at:])
    return "".join(out), tuple(sorted(found, key=lambda item: (item.start, -len(item.answer), item.number)))
