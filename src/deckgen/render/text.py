"""Diagnostics for people: place, message, the line with the span marked, and what to do."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.source import Span

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_WIDEST = 120
_FRAMED = 3
"""How many diagnostics of one code in one file have a code frame."""
_SHADES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33"}


def printable(text: str) -> str:
    """Text without characters that could steer a terminal or reorder what it shows."""
    return _UNSAFE.sub(lambda found: f"\\x{ord(found[0]):02x}" if ord(found[0]) < 256 else "\ufffd", text)


def one_line(text: str) -> str:
    """Printable text on one line: a line break in it could pass for a line of ours."""
    return printable(text).replace("\n", "\\n").replace("\t", " ")


class Style:
    """The few colours used; none where ``colour`` is False."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


def render_text(diagnostics: Sequence[Diagnostic], *, colour: bool = False, most: int | None = None) -> str:
    """Diagnostics with their code frames, a blank line between them.

    Of many alike in one file the first few have frames, the others one line each. ``most`` is how many are shown at
    most, errors before warnings; a last line says how many more there are.
    """
    style = Style(colour)
    shown = _first(diagnostics, most)
    alike: Counter[tuple[str, str]] = Counter()
    parts: list[str] = []
    for found in shown:
        key = (found.span.source.path, found.code)
        alike[key] += 1
        if alike[key] <= _FRAMED:
            parts.append(_one(found, style))
        elif alike[key] == _FRAMED + 1:
            parts.append(f"{_head(found, style)}\n")
        else:
            parts[-1] += f"{_head(found, style)}\n"
    if len(shown) < len(diagnostics):
        parts.append(_rest(diagnostics, shown))
    return "\n".join(parts)


def _first(diagnostics: Sequence[Diagnostic], most: int | None) -> Sequence[Diagnostic]:
    """The first ``most`` diagnostics, errors before warnings, in their order."""
    if most is None or len(diagnostics) <= most:
        return diagnostics
    by_weight = sorted(range(len(diagnostics)), key=lambda at: diagnostics[at].severity is not Severity.ERROR)
    return [diagnostics[at] for at in sorted(by_weight[:most])]


def _rest(diagnostics: Sequence[Diagnostic], shown: Sequence[Diagnostic]) -> str:
    left = Counter(found.code for found in diagnostics)
    left.subtract(found.code for found in shown)
    codes = ", ".join(f"{count:,} {code}" for code, count in left.most_common() if count > 0)
    files = len({found.span.source.path for found in diagnostics})
    return f"{left.total():,} more ({codes}) in {files:,} {'file' if files == 1 else 'files'}; `--max 0` shows all\n"


def _head(found: Diagnostic, style: Style) -> str:
    line, column = found.span.source.place(found.span.start)
    place = style(f"{one_line(found.span.source.path)}:{line}:{column}", "1")
    severity = style(str(found.severity), _SHADES[found.severity])
    return f"{place}: {severity}: {one_line(found.message)} {style(f'[{found.code}]', '2')}"


def _one(found: Diagnostic, style: Style) -> str:
    shade = _SHADES[found.severity]
    parts = [_head(found, style), *_frame(found.span, style, shade)]
    for label in found.labels:
        where = label.span.source.place(label.span.start)
        path = one_line(label.span.source.path)
        parts += [f"  {style('note', '1;34')}: {one_line(label.message)}: {path}:{where[0]}:{where[1]}"]
        parts += _frame(label.span, style, "1;34")
    if found.help:
        parts.append(f"  {style('help', '1;36')}: {one_line(found.help)}")
    return "\n".join(parts) + "\n"


def _frame(span: Span, style: Style, shade: str) -> list[str]:
    line, column = span.source.place(span.start)
    text = span.source.line(line)
    if not text.strip():
        return []
    length = max(1, min(span.end - span.start, len(text) - column + 1))
    start = max(0, column - 1 - _WIDEST // 2) if len(text) > _WIDEST else 0
    shown = printable(text[start : start + _WIDEST])
    before = printable(text[start : column - 1])
    marked = printable(text[column - 1 : column - 1 + length])[: _WIDEST - len(before)]
    margin = " " * len(str(line))
    pad = "\t".join(" " * _width(part) for part in before.split("\t"))
    carets = style("^" * max(1, _width(marked)), shade)
    lead = "…" if start else ""
    return [
        f"  {style(f'{line} |', '2')} {lead}{shown}",
        f"  {style(f'{margin} |', '2')} {' ' * len(lead)}{pad}{carets}",
    ]


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    unseen = sum(unicodedata.category(character) in ("Mn", "Me", "Cf") for character in text)
    return len(text) + wide - unseen
