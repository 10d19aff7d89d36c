"""Ignore comments: ``# deckgen: ignore[doubled-word]`` at the end of a line.

A comment counts on the line where the text, its key or its entry begins, and for warnings and rules only. One that
ignores nothing is itself a warning. The YAML parser drops comments, so they are looked for in the text; what looks
like one inside quoted or block text is content.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from deckgen.bank import Bank
from deckgen.diagnostic import Diagnostic, Edit, Fix, Severity
from deckgen.names import nearest
from deckgen.nodes import Mapping, Node, Scalar, parse
from deckgen.rules import RULES
from deckgen.rules.core import CORE
from deckgen.source import Source, Span

_COMMENT = re.compile(r"(?:(?<=\s)|^)#[ \t]*deckgen[ \t]*:[ \t]*ignore\b(?:\[([^\]\r\n]*)\])?", re.MULTILINE)
_CODE = re.compile(r"[^\s,]+")
_RULES = frozenset(rule.code for rule in RULES)


@dataclass(slots=True)
class Ignore:
    """One code in one ignore comment. ``span`` is the code, ``comment`` the whole comment."""

    code: str
    line: int
    span: Span
    comment: Span
    used: bool = field(default=False)


def without_ignored(bank: Bank, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics that no comment ignores, and those about the comments themselves."""
    kept = list(found)
    for source in bank.sources:
        if "deckgen" in source.text and _COMMENT.search(source.text):
            kept = _in_file(source, kept)
    return kept


def _in_file(source: Source, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    document, _ = parse(source)
    comments, said = _comments(source, document.root)
    by_place: dict[tuple[int, str], list[Ignore]] = {}
    for comment in comments:
        by_place.setdefault((comment.line, comment.code), []).append(comment)
    kept = []
    for item in found:
        if item.span.source is not source or not (item.code in _RULES or item.severity is Severity.WARNING):
            kept.append(item)
            continue
        lines = {source.place(at)[0] for at in (item.span.start, *_owners(document.root, item.span.start))}
        matching = [comment for line in lines for comment in by_place.get((line, item.code), ())]
        for comment in matching:
            comment.used = True
        if not matching:
            kept.append(item)
    skipped = [source.place(start)[0] for start, _ in document.skipped]
    unused = [] if skipped else [_unused(comment, comments) for comment in comments if not comment.used]
    return [*kept, *said, *unused]


def _unused(comment: Ignore, comments: Sequence[Ignore]) -> Diagnostic:
    alone = sum(other.comment == comment.comment for other in comments) == 1
    fix = None
    if alone:
        text, span = comment.comment.source.text, comment.comment
        start = span.start
        while start > 0 and text[start - 1] in " \t":
            start -= 1
        fix = Fix((Edit(span.source.span(start, span.end), ""),), "take the comment out", safe=False)
    return Diagnostic(
        "unused-ignore",
        Severity.WARNING,
        f"nothing is reported here as `{comment.code}`",
        comment.span,
        help="take it out, or put it on the line where the text, its key or its entry begins",
        fix=fix,
    )


def _comments(source: Source, root: Node | None) -> tuple[list[Ignore], list[Diagnostic]]:
    spans = sorted(_texts(source, root))
    starts = [start for start, _ in spans]
    comments: list[Ignore] = []
    said: list[Diagnostic] = []
    for match in _COMMENT.finditer(source.text):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < spans[index][1]:
            continue
        comment = source.span(*match.span())
        codes = [] if match[1] is None else list(_CODE.finditer(source.text, match.start(1), match.end(1)))
        if not codes:
            said.append(_about(comment, "this comment names no code", "write `# deckgen: ignore[code]`"))
        for code in codes:
            span = source.span(*code.span())
            if code[0] in _RULES or code[0] in CORE:
                comments.append(Ignore(code[0], source.place(match.start())[0], span, comment))
                continue
            guess = nearest(code[0], (*_RULES, *CORE))
            advice = f"did you mean `{guess}`?" if guess else "`deckgen explain` lists the codes"
            said.append(_about(span, f"there is no code `{code[0]}`", advice))
    return comments, said


def _about(span: Span, message: str, advice: str) -> Diagnostic:
    return Diagnostic("unknown-ignore", Severity.WARNING, message, span, help=advice)


def _texts(source: Source, root: Node | None) -> Iterator[tuple[int, int]]:
    """Ranges in which a number sign is content: quoted texts, and block texts after their first line."""
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            if node.style in ("|", ">"):
                first = source.text.find("\n", node.start)
                yield (node.end if first < 0 else min(first, node.end)), node.end
            elif node.style:
                yield node.start, node.end
        elif isinstance(node, Mapping):
            waiting += [part for pair in node.pairs for part in pair]
        else:
            waiting += node.items


def _owners(root: Node | None, at: int) -> Iterator[int]:
    """Where the key, text, list item and entry that hold an offset begin, without the section around the entry."""
    if not isinstance(root, Mapping):
        return
    pair = next(((key, value) for key, value in root.pairs if key.start <= at < max(value.end, key.end)), None)
    if pair is None:
        return
    key, node = pair
    sectioned = key.value in ("facts", "questions") and not isinstance(node, Mapping | Scalar)
    if not sectioned:
        yield key.start
    while not isinstance(node, Scalar):
        parts = node.pairs if isinstance(node, Mapping) else [(item, item) for item in node.items]
        inner = next(((key, value) for key, value in parts if key.start <= at < max(value.end, key.end)), None)
        if inner is None:
            return
        yield inner[0].start
        node = inner[1]
    yield node.start
