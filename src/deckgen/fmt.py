"""The canonical layout of bank files: order of keys, indentation, quotes where they are needed, blank lines.

The file is written anew from its nodes, comments where they were, and texts of several lines as their author broke
them. Not by a round-trip library: those turn ``no`` and ``010`` into other things unless told otherwise, re-wrap texts,
and move comments when keys change places. Every result is read back and must say exactly what the file said before,
with every comment; otherwise it is not used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from deckgen.comments import Attached, Comment, attach, comments_of
from deckgen.fmtscalars import block_lines, flow, inline, key_text
from deckgen.nodes import Mapping, Node, Scalar, parse
from deckgen.source import Source
from deckgen.spec import CLOZE, DECK, DISTRACTOR, KINDS, SHARED, TERM, TOPIC, WITHDRAWN, WORK

WIDTH = 120
"""Lists in brackets that would make a line longer are written one item a line."""
_BODY = tuple(dict.fromkeys(name for keys in KINDS.values() for name in keys))
_LAST = ("explanation", "image", "sources", "as_of", "review_by", "region", "needs", "tags", "withdrawn")
_ENTRY = ("id", "was", *_BODY, *_LAST, *SHARED)
_TOPIC = tuple(name for name in TOPIC if name not in ("facts", "questions"))
_INNER = {"withdrawn": tuple(WITHDRAWN), "cloze": tuple(CLOZE), "distractors": tuple(DISTRACTOR)}
_SECTIONS = ("facts", "questions")
_COMMENT = re.compile(r"#.*")


class UnformattableError(Exception):
    """A file that cannot be laid out without changing it; the message says why."""


def formatted(source: Source) -> str:
    """The file in canonical layout. Raises `UnformattableError`."""
    document, mistakes = parse(source)
    if mistakes or document.root is None:
        raise UnformattableError("it has mistakes; `deckgen check` shows them")
    if not isinstance(document.root, Mapping):
        raise UnformattableError("it is not a mapping")
    _refuse_odd(source, document.root)
    kind = _kind(source.path.rpartition("/")[2])
    writer = _Writer(source, attach(source, document.root), kind)
    writer.top(document.root)
    text = "\n".join(writer.lines).lstrip("\n") + "\n"
    _verify(source, document.root, text)
    return text.replace("\n", "\r\n") if "\r\n" in source.text else text


def _kind(name: str) -> str:
    return {"deck.yaml": "deck", "sources.yaml": "sources", "glossary.yaml": "glossary"}.get(name, "topic")


def _refuse_odd(source: Source, root: Node) -> None:
    seen: set[int] = set()
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            raise UnformattableError("it uses aliases; write the parts out first")
        seen.add(id(node))
        if isinstance(node, Mapping):
            before = node.start
            for key, value in node.pairs:
                between = _COMMENT.sub("", source.text[before : key.start])
                if "?" in between or "\n" in source.text[key.start : key.end]:
                    raise UnformattableError("it has a key that does not fit on a line")
                waiting += [key, value]
                before = value.end
        elif not isinstance(node, Scalar):
            waiting += node.items


@dataclass(slots=True)
class _Writer:
    source: Source
    attached: Attached
    kind: str
    lines: list[str]

    def __init__(self, source: Source, attached: Attached, kind: str) -> None:
        self.source, self.attached, self.kind = source, attached, kind
        self.lines = []

    # Lines

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def above(self, place: int, indent: int, *, apart: bool, keep: bool) -> None:
        """The blank line and the comments above a pair or item. ``keep``: also a blank line that is there already."""
        comments = self.attached.before.pop(place, [])
        if apart:
            self.blank()
        for number, comment in enumerate(comments):
            if comment.after_blank and (keep or apart or number):
                self.blank()
            self.lines.append(" " * indent + comment.text)
        if place in self.attached.gap and keep:
            self.blank()

    def below(self, node: Node, indent: int) -> None:
        for comment in self.attached.after.get(id(node), []):
            if comment.after_blank:
                self.blank()
            self.lines.append(" " * indent + comment.text)

    def behind(self, *places: int) -> str:
        """The comments at the end of the lines of some places, each once."""
        found: list[Comment] = []
        for place in places:
            comment = self.attached.behind.pop(self.source.place(place)[0], None)
            if comment is not None:
                found.append(comment)
        return "".join(f"  {comment.text}" for comment in found)

    # Nodes

    def top(self, root: Mapping) -> None:
        order = {"deck": tuple(DECK), "topic": _TOPIC}.get(self.kind, ())
        before: Node | None = None
        for key, value in _in_order(root, order, last=_SECTIONS if self.kind == "topic" else ()):
            named = self.kind in ("sources", "glossary")
            apart = before is not None and (
                (named and (self.is_block(value) or self.is_block(before)))
                or (self.kind == "topic" and key.value in _SECTIONS)
            )
            self.above(key.start, 0, apart=apart, keep=True)
            inner = {"sources": tuple(WORK), "glossary": tuple(TERM)}.get(self.kind)
            self.pair(key, value, 0, "", inner if inner is not None else _INNER.get(key.value, ()))
            before = value
        self.below(root, 0)

    def is_block(self, node: Node) -> bool:
        """Whether a node is a list or mapping that is not written in brackets."""
        return not isinstance(node, Scalar) and self.source.text[node.start : node.start + 1] not in ("[", "{")

    def mapping(self, node: Mapping, indent: int, lead: str, order: Sequence[str]) -> None:
        """The pairs of a block mapping; ``lead`` is what stands before the first (a hyphen)."""
        pairs = _in_order(node, order)
        self.move_ignores(node, pairs[0])
        for number, (key, value) in enumerate(pairs):
            self.above(key.start, indent if number else indent - len(lead), apart=False, keep=False)
            start = lead if number == 0 else ""
            self.pair(key, value, indent, start, _INNER.get(key.value, ()))
        self.below(node, indent)

    def move_ignores(self, node: Mapping, pair: tuple[Scalar, Node]) -> None:
        """A comment that counts on the line where an entry begins moves with that line."""
        first, value = pair
        if first is node.pairs[0][0] or "\n" in self.source.text[first.start : value.end]:
            return
        old, new = (self.source.place(at)[0] for at in (node.start, first.start))
        comment = self.attached.behind.get(old)
        if comment is not None and "deckgen:" in comment.text and new not in self.attached.behind:
            self.attached.behind[new] = self.attached.behind.pop(old)

    def pair(self, key: Scalar, value: Node, indent: int, lead: str, order: Sequence[str]) -> None:
        start = " " * (indent - len(lead)) + lead + key_text(self.source, key) + ":"
        if isinstance(value, Scalar):
            self.scalar(start, value, indent, key.end)
            return
        if not self.is_block(value):
            written = self.bracketed(value, indent, len(start) + 1)
            if written is not None:
                self.lines += [f"{start} {written}{self.behind(key.end, value.end - 1)}".rstrip()]
                return
        self.lines.append(start + self.behind(key.end))
        if isinstance(value, Mapping):
            self.mapping(value, indent + 2, "", order)
        else:
            self.sequence(value.items, value, indent + 2, key.value, order)

    def bracketed(self, node: Node, indent: int, used: int) -> str | None:
        """A list or mapping in brackets on one line; as it stands if it holds comments; None if it is too long."""
        raw = self.source.text[node.start : node.end]
        if "#" in raw and any(node.start < comment.start < node.end for comment in comments_of(self.source, node)):
            inner = [line.strip() for line in raw.splitlines()]
            lines = [inner[0], *(" " * (indent + 2) + line if line else "" for line in inner[1:-1])]
            for comment_line in range(self.source.place(node.start)[0], self.source.place(node.end)[0]):
                self.attached.behind.pop(comment_line, None)
            return "\n".join([*lines, " " * indent + inner[-1]] if len(inner) > 1 else lines)
        written = flow(self.source, node)
        return written if used + len(written) <= WIDTH or _is_empty(node) else None

    def scalar(self, start: str, value: Scalar, indent: int, key_end: int) -> None:
        if value.style in ("|", ">"):
            header, *body = block_lines(self.source, value, indent + 2)
            self.lines += [f"{start} {header}{self.behind(key_end, value.start)}", *body]
            return
        first, *rest = inline(self.source, value, indent + 2)
        if not rest:
            self.lines.append(f"{start} {first}".rstrip() + self.behind(key_end, max(value.start, value.end - 1)))
            return
        on_key = self.source.place(key_end)[0] != self.source.place(value.start)[0]
        comment = self.behind(key_end) if on_key else ""
        self.lines += [start + comment, " " * (indent + 2) + first] if comment else [f"{start} {first}"]
        self.lines += rest
        self.lines[-1] += self.behind(value.end - 1)

    def sequence(self, items: Sequence[Node], node: Node, indent: int, name: str, order: Sequence[str]) -> None:
        entries = name in _SECTIONS and indent == 2
        for number, item in enumerate(items):
            self.above(item.start, indent, apart=entries and number > 0, keep=False)
            lead = " " * indent + "-"
            if isinstance(item, Scalar):
                self.scalar(lead, item, indent, item.start)
            elif isinstance(item, Mapping) and self.is_block(item):
                self.mapping(item, indent + 2, "- ", _ENTRY if entries else order)
            else:
                written = None if self.is_block(item) else flow(self.source, item)
                if written is None:
                    raise UnformattableError("it has a list directly inside a list")
                self.lines.append(f"{lead} {written}{self.behind(item.end - 1)}")
        self.below(node, indent)


def _is_empty(node: Node) -> bool:
    return not isinstance(node, Scalar) and not (node.pairs if isinstance(node, Mapping) else node.items)


def _in_order(node: Mapping, order: Sequence[str], last: Sequence[str] = ()) -> list[tuple[Scalar, Node]]:
    """Pairs in a given order, those it does not name behind them, those in ``last`` at the end, as they stood."""
    places = {name: at for at, name in reversed(list(enumerate(order)))}

    def place(pair: tuple[Scalar, Node]) -> int:
        name = pair[0].value
        return len(order) + 1 if name in last else places.get(name, len(order))

    return sorted(node.pairs, key=place)


# Verification


def _verify(source: Source, root: Node, text: str) -> None:
    again = Source(source.path, text)
    document, mistakes = parse(again)
    if mistakes or document.root is None or _meaning(document.root) != _meaning(root):
        raise UnformattableError("its layout is beyond this formatter")
    before = sorted(comment.text for comment in comments_of(source, root))
    if sorted(comment.text for comment in comments_of(again, document.root)) != before:
        raise UnformattableError("it has a comment in a place where none can be kept")


def _meaning(node: Node) -> object:
    """What a node says. The order of keys is left out: only keys whose order says nothing are moved."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        pairs = [(key.value, _meaning(value)) for key, value in node.pairs]
        return dict(pairs) if len({key for key, _ in pairs}) == len(pairs) else pairs
    return [_meaning(item) for item in node.items]
