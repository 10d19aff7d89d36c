"""Texts to YAML as a person would write them: plain where that is safe, quoted where YAML needs it.

Whatever is written is read back by the parser of the banks before it is trusted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from deckgen.nodes import Mapping, Node, Scalar, Sequence, parse
from deckgen.source import Source

_WIDTH = 110
_ODD_WORD = re.compile(r"(?:null|~|true|false|yes|no|on|off|y|n)", re.IGNORECASE)
_ESCAPED = re.compile(r"[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def scalar(text: str, indent: str = "", *, flow: bool = False) -> str:
    """A text as the value of a key: plain, a block of lines, or in double quotes.

    ``indent`` is the indentation of the lines of a block; ``flow`` says that the value stands in brackets.
    """
    if "\n" in text and not flow:
        block = _block(text, indent)
        if _read_back(f"k: {block}\nl: x\n") == {"k": text, "l": "x"}:
            return block
    whole = f"[{text}, x]" if flow else text
    wanted = [text, "x"] if flow else text
    if text and "\n" not in text and not _ODD_WORD.fullmatch(text) and not _ESCAPED.search(text):
        read = _read_back(f"k: {whole}\n")
        if read == {"k": wanted} and not text.startswith(("'", '"')):
            return text
    return quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes, with escapes for what cannot be seen."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _block(text: str, indent: str) -> str:
    lines = [f"{indent}{line}" if line.strip() else line for line in text.removesuffix("\n").split("\n")]
    return "\n".join(["|" if text.endswith("\n") else "|-", *lines])


def line_list(texts: Iterable[str]) -> str:
    """A list in brackets, on one line."""
    return f"[{', '.join(scalar(text, flow=True) for text in texts)}]"


def texts_list(texts: Iterable[str], indent: str) -> str:
    """A list of texts: in brackets where that fits on a line, else one beneath the other."""
    items = list(texts)
    short = line_list(items)
    if len(indent) + len(short) <= _WIDTH and not any("\n" in item for item in items):
        return short
    return "".join(f"\n{indent}  - {scalar(item, indent + '    ')}" for item in items)


def _read_back(text: str) -> object:
    document, found = parse(Source("", text))
    return None if found or document.root is None else _plain(document.root)


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    assert isinstance(node, Mapping)
    return {key.value: _plain(value) for key, value in node.pairs}
