"""The comments of a YAML file, which its parser drops: where each stands and to which key or item it belongs.

A comment behind something on its line belongs to that line. One on a line of its own belongs to the key or item that
follows it, unless it is indented deeper than that: then it closes the list or mapping before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from deckgen.nodes import Mapping, Node, Scalar
from deckgen.source import Source

_COMMENT = re.compile(r"(?<![^\s])#[^\r\n]*")


@dataclass(slots=True)
class Comment:
    """A comment: its text, where it begins, whether its line holds nothing else, whether a blank line comes before."""

    text: str
    start: int
    alone: bool
    after_blank: bool


@dataclass(slots=True)
class Attached:
    """Comments by what they belong to.

    ``before`` holds those above a pair or item, by the place where that begins; ``after`` those that close a list or
    mapping, by the identity of its node; ``behind`` those at the end of a line, by the number of the line.
    """

    before: dict[int, list[Comment]] = field(default_factory=dict)
    after: dict[int, list[Comment]] = field(default_factory=dict)
    behind: dict[int, Comment] = field(default_factory=dict)
    gap: set[int] = field(default_factory=set)
    """Places of pairs and items with a blank line directly above them."""


def comments_of(source: Source, root: Node) -> list[Comment]:
    """Every comment, in order. A number sign inside quoted or block text is content."""
    text = source.text
    spans = sorted(_content(text, root))
    starts = [start for start, _ in spans]
    found = []
    at = 0
    while (match := _COMMENT.search(text, at)) is not None:
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < spans[index][1]:
            at = spans[index][1]
            continue
        at = match.end()
        line = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
        alone = not text[line : match.start()].strip()
        found.append(Comment(match[0].rstrip(), match.start(), alone, alone and _blank_above(text, line)))
    return found


def _content(text: str, root: Node) -> Iterator[tuple[int, int]]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            if node.style in ("|", ">"):
                first = text.find("\n", node.start)
                yield (node.end if first < 0 else min(first, node.end)), node.end
            elif node.style:
                yield node.start, node.end
        elif isinstance(node, Mapping):
            waiting += [part for pair in node.pairs for part in pair]
        else:
            waiting += node.items


def _blank_above(text: str, line: int) -> bool:
    above = text[:line].removesuffix("\n").removesuffix("\r")
    return line > 0 and not above[max(above.rfind("\n"), above.rfind("\r")) + 1 :].strip()


def attach(source: Source, root: Node) -> Attached:
    """Find out for every comment what it belongs to."""
    walk = _Walk(source, comments_of(source, root))
    walk.container(root, len(source.text) + 1)
    return walk.attached


class _Walk:
    """One pass over the nodes in the order of the file, taking comments as it comes to them."""

    def __init__(self, source: Source, comments: list[Comment]) -> None:
        self.source, self.text = source, source.text
        self.attached = Attached()
        for comment in comments:
            if not comment.alone:
                self.attached.behind[source.place(comment.start)[0]] = comment
        self.waiting = [comment for comment in comments if comment.alone][::-1]

    def container(self, node: Node, limit: int) -> None:
        """A block list or mapping; ``limit`` is where the next thing after it begins."""
        if isinstance(node, Scalar) or self.text[node.start : node.start + 1] in ("[", "{"):
            self.skip(node)
            return
        parts = node.pairs if isinstance(node, Mapping) else [(item, item) for item in node.items]
        for index, (first, value) in enumerate(parts):
            begin = self.begin(first, listed=not isinstance(node, Mapping))
            self.take(first.start, begin)
            following = parts[index + 1][0] if index + 1 < len(parts) else None
            end = limit if following is None else self.begin(following, listed=not isinstance(node, Mapping))
            self.container(value, end)
        if parts:
            column = self.column(self.begin(parts[0][0], listed=not isinstance(node, Mapping)))
            while self.waiting and self.waiting[-1].start < limit and self.column(self.waiting[-1].start) >= column:
                self.attached.after.setdefault(id(node), []).append(self.waiting.pop())

    def begin(self, node: Node, *, listed: bool) -> int:
        """Where a pair begins, or the hyphen of an item."""
        return self.text.rfind("-", 0, node.start) if listed else node.start

    def take(self, place: int, begin: int) -> None:
        """Comments above ``begin``, and those between a hyphen and its item, belong to what stands at ``place``."""
        while self.waiting and self.waiting[-1].start < place:
            self.attached.before.setdefault(place, []).append(self.waiting.pop())
        line = max(self.text.rfind("\n", 0, begin), self.text.rfind("\r", 0, begin)) + 1
        if _blank_above(self.text, line):
            self.attached.gap.add(place)

    def skip(self, node: Node) -> None:
        """Comments inside a list in brackets stay with its text."""
        while self.waiting and self.waiting[-1].start < node.end:
            self.waiting.pop()

    def column(self, place: int) -> int:
        return self.source.place(place)[1]
