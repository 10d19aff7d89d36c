"""Where a new entry goes: text put into a bank file, everything else left as it stands, comments too."""

from __future__ import annotations

import re

from deckgen.errors import UserError
from deckgen.newentry.draft import Draft, entry_yaml
from deckgen.nodes import Mapping, Node, Scalar, Sequence, parse
from deckgen.source import Source
from deckgen.yamltext import scalar

_LIST = re.compile(r"([ \t]*)-([ \t]+)$")
_USUAL = ("  - ", "    ")


def insert_entry(source: Source, draft: Draft) -> str:
    """The text of a bank file with a new entry at the end of its section.

    Raises `UserError` if the file has syntax errors or its section is written in brackets.
    """
    root = _root(source)
    sections = {key.value: (key, value) for key, value in root.pairs}
    break_ = "\r\n" if "\r\n" in source.text else "\n"
    found = sections.get(draft.section)
    dash, inner = _style(source, [value for _, value in sections.values()])
    entry = entry_yaml(draft, dash, inner)
    if found is None:
        return _joined(source.text, len(source.text), f"\n{draft.section}:\n{entry}", break_)
    key, value = found
    if isinstance(value, Sequence) and value.items:
        if source.text[value.start] == "[":
            raise UserError(
                f"{source.path}: `{draft.section}` is written in brackets; write one `- id:` beneath the other"
            )
        dash, inner = _style(source, [value])
        gap = "\n" if _gaps(source, value) else ""
        return _joined(
            source.text, _line_end(source.text, _end(source.text, value)), gap + entry_yaml(draft, dash, inner), break_
        )
    text = source.text
    if isinstance(value, Sequence):
        text = text[: value.start].rstrip(" ") + text[value.end :]
    at = _line_end(text, key.end)
    gap = "" if not text[at:].strip(" \t") or text[at:].startswith(("\n", "\r")) else "\n"
    return _joined(text, at, entry + gap, break_)


def insert_work(text: str, key: str, work: dict[str, str]) -> str:
    """The text of sources.yaml with one more source at its end. ``work`` has its values by key."""
    lines = "".join(f"  {name}: {scalar(value, '    ')}\n" for name, value in work.items() if value)
    break_ = "\r\n" if "\r\n" in text else "\n"
    return _joined(
        text, len(text), f"\n{scalar(key)}:\n{lines}" if text.strip() else f"{scalar(key)}:\n{lines}", break_
    )


def _root(source: Source) -> Mapping:
    document, mistakes = parse(source)
    if mistakes or not isinstance(document.root, Mapping):
        raise UserError(f"{source.path} has mistakes; see `deckgen check`, then try again")
    return document.root


def _joined(text: str, at: int, added: str, break_: str) -> str:
    before, after = text[:at], text[at:]
    if before and not before.endswith(("\n", "\r")):
        before += break_
    return before + added.replace("\n", break_) + after


def _style(source: Source, sections: list[Node]) -> tuple[str, str]:
    """How the entries of a file are indented: what stands before the first key, and before the others."""
    for section in sections:
        for item in section.items if isinstance(section, Sequence) else ():
            line = source.text[: item.start].rpartition("\n")[2]
            match = _LIST.search(line)
            if isinstance(item, Mapping) and match is not None and match.start() == 0:
                return line, " " * len(line)
    return _USUAL


def _gaps(source: Source, section: Sequence) -> bool:
    """Whether entries are parted by blank lines; so it is taken to be where there is only one."""
    places = [item.start for item in section.items[1:]]
    if not places:
        return True
    lines = [source.text[: source.text.rfind("\n", 0, place) + 1] for place in places[-3:]]
    return any(re.search(r"(?:^|\n)[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*$", line) for line in lines)


def _end(text: str, node: Node) -> int:
    """Where the last character of a node stands; a block collection's own end lies past what follows it."""
    if isinstance(node, Scalar) or text[node.start] in "[{":
        return len(text[: node.end].rstrip())
    children = node.items if isinstance(node, Sequence) else [child for pair in node.pairs for child in pair]
    return max((_end(text, child) for child in children), default=node.start)


def _line_end(text: str, at: int) -> int:
    """The offset just past the line that holds an offset."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1
