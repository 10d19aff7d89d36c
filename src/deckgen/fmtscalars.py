"""Single texts in canonical layout: plain, quoted, or as a block of lines."""

from __future__ import annotations

import re

from deckgen.nodes import Mapping, Node, Scalar, parse
from deckgen.source import Source

_SAFE = re.compile(r"[^\W\d_](?:[\w .()/%+=°·'’–—;-]*[\w.()/%°'’])?")
"""Texts that are plain in any place without a look at the parser."""
_LIKE_DATA = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|[-+.\d][\d_.,:eExXoO+-]*|0x[0-9a-f]+|\.inf|\.nan|\d{4}-\d\d.*", re.IGNORECASE
)
"""What other readers of YAML take for a number, a date or a truth value."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")


def key_text(source: Source, key: Scalar) -> str:
    """A key, without quotes it does not need."""
    if key.style and _SAFE.fullmatch(key.value) and ":" not in key.value and not _LIKE_DATA.fullmatch(key.value):
        return key.value
    return source.text[key.start : key.end]


def inline(source: Source, node: Scalar, indent: int) -> list[str]:
    """A plain or quoted text; its further lines are indented by ``indent`` blanks."""
    raw = source.text[node.start : node.end].rstrip()
    lines = re.split(r"\r\n|\n|\r", raw)
    if len(lines) > 1:
        return [lines[0].rstrip(), *(" " * indent + line.strip() if line.strip() else "" for line in lines[1:])]
    return [_single(raw, node.value, in_flow=False) if node.style else raw]


def _single(raw: str, value: str, *, in_flow: bool) -> str:
    """A quoted text on one line, without its quotes if it reads the same without."""
    if value and not _LIKE_DATA.fullmatch(value) and not _UNSEEN.search(value) and _is_plain(value, in_flow=in_flow):
        return value
    if _UNSEEN.search(value) or "\\" in raw:
        return raw
    return f'"{value}"' if '"' not in value and "\\" not in value else raw


def _is_plain(value: str, *, in_flow: bool) -> bool:
    """Whether a text reads the same without quotes."""
    if value[0] in "'\"" or " #" in value or value != value.strip():
        return False
    if _SAFE.fullmatch(value):
        return True
    if not value[0].isalnum() or (in_flow and re.search(r"[\[\]{},]", value)) or ": " in value or value.endswith(":"):
        return False
    text = f"k: [{value}, x]\n" if in_flow else f"k: {value}\nl: x\n"
    document, mistakes = parse(Source("", text))
    if mistakes or not isinstance(document.root, Mapping):
        return False
    read = document.root.pairs[0][1]
    if in_flow:
        items = [] if isinstance(read, Scalar | Mapping) else read.items
        read = items[0] if len(items) == 2 else Mapping(0)
    return isinstance(read, Scalar) and read.value == value


def flow(source: Source, node: Node) -> str:
    """A list or mapping in brackets, on one line."""
    if isinstance(node, Scalar):
        raw = source.text[node.start : node.end].rstrip()
        if "\n" in raw or "\r" in raw:
            return _single(_escaped(node.value), node.value, in_flow=True)
        return _single(raw, node.value, in_flow=True) if node.style else raw
    if isinstance(node, Mapping):
        pairs = (f"{source.text[key.start : key.end]}: {flow(source, value)}".rstrip() for key, value in node.pairs)
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(flow(source, item) for item in node.items) + "]"


def _escaped(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def block_lines(source: Source, node: Scalar, indent: int) -> list[str]:
    """A text written after ``|`` or ``>``: the mark, then its lines."""
    if node.style == "|":
        return _literal(node.value, indent)
    raw = re.split(r"\r\n|\n|\r", source.text[node.start : node.end])
    while not raw[-1].strip():
        raw.pop()
    header = raw[0].split("#")[0].strip()
    if re.search(r"\d", header) or header.endswith("+"):
        return [_single(_escaped(node.value), node.value, in_flow=False)]
    body = raw[1:]
    own = next((len(line) - len(line.lstrip(" ")) for line in body if line.strip()), 0)
    return [header, *(" " * indent + line[own:] if line[own:] else "" for line in body)]


def _literal(value: str, indent: int) -> list[str]:
    body = value.removesuffix("\n").split("\n")
    first = next((line for line in body if line.strip()), "")
    mark = "|" + ("2" if first.startswith((" ", "\t")) or not body[0] else "")
    mark += "" if value.endswith("\n") and body[-1] else "+" if value.endswith("\n") else "-"
    return [mark, *(" " * indent + line if line else "" for line in body)]
