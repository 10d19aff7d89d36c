"""Nodes to values: one reader for each shape of value that a key can take.

A reader returns None after reporting what is wrong, so that one run finds every mistake of a file.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from deckgen.bank import Option, Picture, Row, Withdrawal
from deckgen.diagnostic import Label
from deckgen.nodes import Mapping, Node, Scalar
from deckgen.reader import Reader, described, short, text_advice
from deckgen.spec import CLOZE, DISTRACTOR, PICTURE, WITHDRAWN, WORK_KINDS, Keys, Shape

SEVERITIES = ("off", "warning", "error")


def _hints(reader: Reader, node: Node, what: str) -> tuple[tuple[Scalar, Scalar], ...] | None:
    if not isinstance(node, Mapping):
        reader.report(
            "wrong-shape",
            f"{what} must map texts to hints, this is {described(node)}",
            node,
            "write {text: hint}",
        )
        return None
    pairs = [(key, reader.line(value, f"the hint for {short(key.value)}")) for key, value in _once(reader, node)]
    return tuple((key, value) for key, value in pairs if value is not None)


def _cloze(reader: Reader, node: Node, what: str) -> int | None:
    got = reader.keys(node, CLOZE, what)
    return reader.count(got["max"][1], "max") if "max" in got else None


def _distractors(reader: Reader, node: Node, what: str) -> tuple[Option, ...] | None:
    options = reader.each(node, what, functools.partial(_option, reader))
    if options is not None and len(options) < 2:
        reader.report(
            "too-few-options",
            f"{what} needs two or more wrong options",
            node,
            "add another plausible one",
        )
        return None
    return options


def _option(reader: Reader, node: Node, what: str) -> Option | None:
    if isinstance(node, Mapping):
        got = reader.keys(node, DISTRACTOR, "a distractor")
        text = reader.text(got["text"][1], "text") if "text" in got else None
        why = reader.text(got["why"][1], "why") if "why" in got else None
        return None if text is None else Option(text, why)
    plain = reader.text(node, what)
    return None if plain is None else Option(plain)


def _picture(reader: Reader, node: Node, what: str) -> Picture | None:
    if not isinstance(node, Mapping):
        name = reader.image(node, what)
        return None if name is None else Picture(name)
    got = reader.keys(node, PICTURE, "an image")
    name = reader.image(got["file"][1], "file") if "file" in got else None
    alt = reader.line(got["alt"][1], "alt") if "alt" in got else None
    return None if name is None else Picture(name, alt)


def _rows(reader: Reader, node: Node, what: str) -> tuple[Row, ...] | None:
    if not isinstance(node, Mapping):
        reader.report(
            "wrong-shape",
            f"{what} must map row names to cells, this is {described(node)}",
            node,
            "write `row name: [cell, cell]`",
        )
        return None
    rows: dict[str, Row] = {}
    for key, value in node.pairs:
        if key.value in rows:
            first = rows[key.value].name
            label = Label(reader.source.span(first.start, first.end), "first given here")
            reader.report(
                "duplicate-key",
                f"the row {short(key.value)} is given twice",
                key,
                "rename or merge one",
                (label,),
            )
            continue
        name = reader.text(key, "a row name")
        cells = reader.each(value, f"the row {short(key.value)}", functools.partial(_cell, reader))
        if name is not None and cells is not None:
            rows[key.value] = Row(name, tuple(cell if cell.value.strip() else None for cell in cells))
    if not rows and not node.pairs:
        reader.report("empty-value", f"{what} is empty", node, "add a row")
    return tuple(rows.values()) if len(rows) == len(node.pairs) and rows else None


def _cell(reader: Reader, node: Node, what: str) -> Scalar | None:
    if isinstance(node, Scalar):
        return None if reader.controls(node, what) else node
    reader.report("wrong-shape", f"{what} must be text, this is {described(node)}", node, text_advice(node))
    return None


def _withdrawal(reader: Reader, node: Node, what: str) -> Withdrawal | None:
    if isinstance(node, Scalar):
        reader.report(
            "wrong-shape",
            f"{what} must give a date and a reason",
            node,
            "write {on: 2026-05-01, reason: why}",
        )
        return None
    got = reader.keys(node, WITHDRAWN, what)
    on = reader.date(got["on"][1], "on") if "on" in got else None
    reason = reader.line(got["reason"][1], "reason") if "reason" in got else None
    successor = reader.id(got["replaced_by"][1], "replaced_by") if "replaced_by" in got else None
    return None if on is None or reason is None else Withdrawal(on, reason, successor)


def _settings(
    reader: Reader, node: Node, what: str, allowed: tuple[str, ...] | None
) -> tuple[tuple[Scalar, Scalar], ...]:
    if not isinstance(node, Mapping):
        reader.report(
            "wrong-shape",
            f"{what} must be a mapping, this is {described(node)}",
            node,
            "write `name: value` lines",
        )
        return ()
    pairs = []
    for key, value in _once(reader, node):
        got = reader.line(value, key.value) if allowed is None else reader.one_of(value, f"`{key.value}`", allowed)
        if got is not None:
            pairs.append((key, got))
    return tuple(pairs)


def _once(reader: Reader, node: Mapping) -> Iterator[tuple[Scalar, Node]]:
    """The pairs of a mapping whose keys the author chose, without those given again, which are reported."""
    first: dict[str, Scalar] = {}
    for key, value in node.pairs:
        earlier = first.setdefault(key.value, key)
        if earlier is key:
            yield key, value
            continue
        label = Label(reader.source.span(earlier.start, earlier.end), "first given here")
        reader.report("duplicate-key", f"the key {short(key.value)} is given twice", key, "keep one of them", (label,))


def _id_or_ids(reader: Reader, node: Node, what: str) -> tuple[Scalar, ...] | None:
    if isinstance(node, Scalar):
        one = reader.id(node, what)
        return None if one is None else (one,)
    return reader.each(node, what, reader.id)


READERS: dict[Shape, Callable[[Reader, Node, str], Any]] = {
    Shape.MARKDOWN: Reader.text,
    Shape.LINE: Reader.line,
    Shape.ID: Reader.id,
    Shape.FLAG: Reader.flag,
    Shape.COUNT: Reader.count,
    Shape.DATE: Reader.date,
    Shape.PARTIAL_DATE: Reader.partial_date,
    Shape.URL: Reader.url,
    Shape.VERSION: Reader.version,
    Shape.RANK: lambda reader, node, what: reader.one_of(node, what, ("1", "2", "3", "4")),
    Shape.WORK_KIND: lambda reader, node, what: reader.one_of(node, what, WORK_KINDS),
    Shape.TAGS: lambda reader, node, what: reader.each(node, what, reader.tag),
    Shape.IDS: lambda reader, node, what: reader.each(node, what, reader.id),
    Shape.ID_OR_IDS: _id_or_ids,
    Shape.LINES: lambda reader, node, what: reader.each(node, what, reader.line),
    Shape.TEXTS: lambda reader, node, what: reader.each(node, what, reader.text),
    Shape.CITATIONS: lambda reader, node, what: reader.each(node, what, reader.citation),
    Shape.FILE: Reader.image,
    Shape.IMAGE: _picture,
    Shape.HINTS: _hints,
    Shape.CLOZE: _cloze,
    Shape.DISTRACTORS: _distractors,
    Shape.ROWS: _rows,
    Shape.WITHDRAWN: _withdrawal,
    Shape.RULES: lambda reader, node, what: _settings(reader, node, what, SEVERITIES),
    Shape.THEME: lambda reader, node, what: _settings(reader, node, what, None),
}


def read(reader: Reader, shape: Shape, node: Node, name: str) -> Any:
    """The value of a key, or None after the reader has reported what is wrong with it."""
    return READERS[shape](reader, node, f"`{name}`")


def values(reader: Reader, node: Node, keys: Keys, what: str, elsewhere: Iterable[str] = ()) -> dict[str, Any]:
    """The sound values of a mapping by key; a key with an unsound value has the value None."""
    return {
        name: read(reader, keys[name].shape, value, name)
        for name, (_, value) in reader.keys(node, keys, what, elsewhere).items()
    }


def check_deck_name(reader: Reader, name: Scalar | None, what: str) -> None:
    """Refuse names that Anki would change or that belong to somebody else."""
    if name is None:
        return
    parts = name.value.split("::")
    if any(part != part.strip() or not part for part in parts):
        reader.report(
            "bad-deck-name",
            f"the {what} has an empty part or spaces around `::`",
            name,
            "write levels as A::B",
        )
    elif any(mark in name.value for mark in '\x1f"<>'):
        advice = "leave out quotes and angle brackets"
        reader.report("bad-deck-name", f"the {what} holds a character that Anki changes or reads as HTML", name, advice)
    elif parts[0].casefold() == "default" and what == "deck name":
        reader.report("bad-deck-name", "Default is the learner's own deck", name, "choose another name")
    elif what == "topic" and parts[0].casefold() == "withdrawn":
        reader.report(
            "bad-deck-name",
            "the subdeck Withdrawn is kept for withdrawn entries",
            name,
            "choose another name",
        )
