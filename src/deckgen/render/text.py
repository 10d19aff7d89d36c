"""Diagnostics for people: place, message, the line with the span marked, and what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.source import Span

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_WIDEST = 120


def printable(text: str) -> str:
    """Text without characters that could steer a terminal or reorder what it shows."""
    return _UNSAFE.sub(lambda found: f"\\x{ord(found[0]):02x}" if ord(found[0]) < 256 else "\ufffd", text)


class Style:
    """The few colours used; none where ``colour`` is False."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


def render_text(diagnostics: Sequence[Diagnostic], *, colour: bool = False) -> str:
    """All diagnostics with their code frames, a blank line between them."""
    style = Style(colour)
    return "\n".join(_one(found, style) for found in diagnostics)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """One line that counts errors and warnings."""
    severities = [found.severity for found in diagnostics]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return ", ".join(parts) or "no errors, no warnings"


def _one(found: Diagnostic, style: Style) -> str:
    line, column = found.span.source.place(found.span.start)
    shade = "1;31" if found.severity is Severity.ERROR else "1;33"
    place = style(f"{printable(found.span.source.path)}:{line}:{column}", "1")
    head = f"{place}: {style(str(found.severity), shade)}: {printable(found.message)} {style(f'[{found.code}]', '2')}"
    parts = [head, *_frame(found.span, style, shade)]
    for label in found.labels:
        where = label.span.source.place(label.span.start)
        path = printable(label.span.source.path)
        parts += [f"  {style('note', '1;34')}: {printable(label.message)}: {path}:{where[0]}:{where[1]}"]
        parts += _frame(label.span, style, "1;34")
    if found.help:
        parts.append(f"  {style('help', '1;36')}: {printable(found.help)}")
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
    pad = " " * _width(before)
    carets = style("^" * max(1, _width(marked)), shade)
    lead = "…" if start else ""
    return [
        f"  {style(f'{line} |', '2')} {lead}{shown}",
        f"  {style(f'{margin} |', '2')} {' ' * len(lead)}{pad}{carets}",
    ]


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    unseen = sum(unicodedata.combining(character) != 0 for character in text)
    return len(text) + wide - unseen
