"""The line of a bank that a diagnostic speaks of, cut to what can be read at a glance."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.render.text import printable
from deckgen.source import Span

_BEFORE, _MARKED, _AFTER = 60, 160, 60


class Excerpt(NamedTuple):
    """Where a span begins, as ``path:line:column``, and its line: what is before it, itself, what is after it."""

    place: str
    before: str
    marked: str
    after: str


def excerpt(span: Span) -> Excerpt:
    """The first line of a span."""
    line, column = span.source.place(span.start)
    text = span.source.line(line)
    start, end = column - 1, min(column - 1 + max(0, span.end - span.start), len(text))
    before, marked, after = text[:start].lstrip(), text[start:end], text[end:].rstrip()
    if len(before) > _BEFORE:
        before = "…" + before[-_BEFORE:]
    if len(marked) > _MARKED:
        marked, after = marked[:_MARKED] + "…", ""
    if len(after) > _AFTER:
        after = after[:_AFTER] + "…"
    return Excerpt(
        f"{printable(span.source.path)}:{line}:{column}", printable(before), printable(marked), printable(after)
    )
