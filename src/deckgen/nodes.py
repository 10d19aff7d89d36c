"""YAML text to nodes that know their place. The only module that imports the YAML library.

Scalars stay as written: nothing becomes a number, a date or a truth value here. The event stream of the
parser is read straight into nodes, which is several times faster than letting PyYAML compose a tree, needs
no recursion, and keeps every position. After a syntax error the entry that holds it is passed over and
reading goes on, so that one run reports the mistakes of the whole file.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import yaml

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.source import Source
from deckgen.yaml_errors import explain

MAX_DEPTH = 50
"""Deepest nesting of lists and mappings; banks need five levels."""
MAX_EXPANSION = 100_000
"""Most nodes that the aliases of one file may stand for, all together."""
MAX_ERRORS = 100
"""Syntax errors reported for one file before reading it is given up."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar:
    """A text as written, unquoted and unfolded, in the Unicode form that Anki keeps (NFC).

    ``style`` is ``''`` (plain), ``'``, ``"``, ``|`` or ``>``.
    """

    __slots__ = ("end", "start", "style", "value")

    def __init__(self, value: str, start: int, end: int, style: str = "") -> None:
        self.value = value
        self.start = start
        self.end = end
        self.style = style

    def __repr__(self) -> str:
        return f"Scalar({self.value!r}, {self.start}, {self.end})"


class Sequence:
    """A list of nodes."""

    __slots__ = ("end", "items", "size", "start")

    def __init__(self, start: int) -> None:
        self.items: list[Node] = []
        self.start = start
        self.end = start
        self.size = 1


class Mapping:
    """Pairs of key and value in the order written, repeated keys included."""

    __slots__ = ("end", "pairs", "pending", "size", "start")

    def __init__(self, start: int) -> None:
        self.pairs: list[tuple[Scalar, Node]] = []
        self.pending: Scalar | None = None
        self.start = start
        self.end = start
        self.size = 1


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """What could be read of a file: its root, and the parts passed over because of syntax errors."""

    root: Node | None
    skipped: tuple[tuple[int, int], ...] = ()


class _RefusedError(Exception):
    """The parser is fine with this text, deckgen is not; carries the diagnostic."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.message)
        self.found = found


def parse(source: Source) -> tuple[Document, list[Diagnostic]]:
    """Read one file. Never raises for anything in its text."""
    found: list[Diagnostic] = []
    skipped: list[tuple[int, int]] = []
    text = source.text
    while True:
        reader = _Reader(source, found)
        try:
            root = reader.read(text)
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two from an escape, without libyaml
            mistake = explain(error, source, text, reader.last_scalar)
        except _RefusedError as refused:
            mistake = refused.found
        else:
            return Document(root, tuple(skipped)), found
        found.append(mistake)
        gap = _entry_around(text, mistake.span.start)
        if gap is None or len(skipped) >= MAX_ERRORS or mistake.code == "alias-bomb":
            return Document(None, (*skipped, (0, len(text)))), found
        skipped.append(gap)
        text = text[: gap[0]] + re.sub(r"[^\r\n]", " ", text[gap[0] : gap[1]]) + text[gap[1] :]


_ENTRY = re.compile(r"^( *)- ", re.MULTILINE)
_TOP_KEY = re.compile(r"^[^\s#-][^\n]*", re.MULTILINE)


def _entry_around(text: str, offset: int) -> tuple[int, int] | None:
    """The list entry (or top-level key) that holds an offset, as a range of whole lines."""
    borders = {match.start() for match in _TOP_KEY.finditer(text)}
    indents: dict[int, str] = {}
    section = 0
    outer: str | None = None
    sections = sorted(borders)
    for match in _ENTRY.finditer(text):
        while section < len(sections) and sections[section] < match.start():
            section, outer = section + 1, None
        if outer is None:
            outer = match.group(1)
        if len(match.group(1)) <= len(outer):
            borders.add(match.start())
            indents[match.start()] = match.group(1)
    ordered = [*sorted(borders), len(text)]
    for start, end in itertools.pairwise(ordered):
        if start <= offset < end or (offset >= end == len(text)):
            return (start, end) if text[start:end].strip() else None
    return None


class _Reader:
    def __init__(self, source: Source, found: list[Diagnostic]) -> None:
        self.source = source
        self.found = found
        self.last_scalar: tuple[int, int, str] | None = None
        self.expanded = 0

    def error(self, code: str, message: str, start: int, end: int, advice: str) -> Diagnostic:
        return Diagnostic(code, Severity.ERROR, message, self.source.span(start, end), help=advice)

    def read(self, text: str) -> Node | None:  # noqa: C901, PLR0912, PLR0915 - one flat loop over events is the fast path
        loader = _LOADER(text)
        next_event = loader.get_event
        anchors: dict[str, Node] = {}
        stack: list[Sequence | Mapping] = []
        root: Node | None = None
        documents = 0
        try:
            while True:
                event = next_event()
                kind = type(event)
                node: Node
                if kind is yaml.ScalarEvent:
                    start, end = event.start_mark.index, event.end_mark.index
                    value = event.value
                    if not value.isascii():
                        value = unicodedata.normalize("NFC", value)
                    node = Scalar(value, start, end, event.style or "")
                    self.last_scalar = (start, end, node.style)
                    if event.tag is not None and not event.implicit[0] and not event.implicit[1]:
                        self.refuse_tag(event)
                    if event.anchor:
                        anchors[event.anchor] = node
                elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                    start = event.start_mark.index
                    opened: Sequence | Mapping = (Mapping if kind is yaml.MappingStartEvent else Sequence)(start)
                    if event.tag is not None and not event.implicit:
                        self.refuse_tag(event)
                    if event.anchor:
                        anchors[event.anchor] = opened
                    if len(stack) >= MAX_DEPTH:
                        raise _RefusedError(
                            self.error(
                                "too-deep",
                                f"nested more than {MAX_DEPTH} levels deep",
                                start,
                                start + 1,
                                "a bank needs five levels; look for a missing quote before this bracket",
                            )
                        )
                    stack.append(opened)
                    continue
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    closed = stack.pop()
                    closed.end = event.end_mark.index
                    node = closed
                elif kind is yaml.AliasEvent:
                    node = self.alias(event, anchors, stack)
                elif kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        start = event.start_mark.index
                        self.found.append(
                            self.error(
                                "second-document",
                                "a second document begins here",
                                start,
                                start + 3,
                                "a file holds one document: take out this `---` or move the rest to a file of its own",
                            )
                        )
                        return root
                    continue
                elif kind is yaml.StreamEndEvent:
                    return root
                else:
                    continue
                if not stack:
                    root = node
                    continue
                parent = stack[-1]
                parent.size += 1 if isinstance(node, Scalar) else node.size
                if isinstance(parent, Sequence):
                    parent.items.append(node)
                elif parent.pending is not None:
                    parent.pairs.append((parent.pending, node))
                    parent.pending = None
                elif isinstance(node, Scalar):
                    parent.pending = node
                else:
                    raise _RefusedError(
                        self.error(
                            "not-a-key",
                            "a list or mapping stands where a key belongs",
                            parent.start if parent.start == node.start - 1 else node.start,
                            min(node.end, node.start + 60),
                            "text that begins with { or [ must be in quotes",
                        )
                    )
        finally:
            loader.dispose()

    def refuse_tag(self, event: Any) -> None:
        start = event.start_mark.index
        self.found.append(
            self.error(
                "yaml-tag",
                f"the YAML tag {event.tag!r} has no meaning here",
                start,
                start + 1,
                "everything is text: take the tag out, or put text that begins with ! in quotes",
            )
        )

    def alias(self, event: Any, anchors: dict[str, Node], stack: list[Sequence | Mapping]) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        target = anchors.get(event.anchor)
        if target is None:
            raise _RefusedError(
                self.error(
                    "unknown-alias",
                    f"no anchor is called {event.anchor!r}",
                    start,
                    end,
                    "text that begins with * must be in quotes",
                )
            )
        if any(target is open_node for open_node in stack):
            raise _RefusedError(
                self.error("alias-loop", f"the alias {event.anchor!r} holds itself", start, end, "write the part out")
            )
        self.expanded += 1 if isinstance(target, Scalar) else target.size
        if self.expanded > MAX_EXPANSION:
            raise _RefusedError(
                self.error(
                    "alias-bomb",
                    f"the aliases of this file stand for more than {MAX_EXPANSION:,} nodes",
                    start,
                    end,
                    "write the parts out instead of repeating aliases of aliases",
                )
            )
        return target
