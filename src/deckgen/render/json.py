"""Diagnostics as one JSON object, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from deckgen.diagnostic import Diagnostic, Severity


def render_json(diagnostics: Sequence[Diagnostic]) -> str:
    """``{"diagnostics": [..], "errors": n, "warnings": n}``; lines and columns count from 1, columns in characters."""
    severities = [found.severity for found in diagnostics]
    report = {
        "diagnostics": [_one(found) for found in diagnostics],
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _one(found: Diagnostic) -> dict[str, object]:
    line, column = found.span.source.place(found.span.start)
    end_line, end_column = found.span.source.place(found.span.end)
    return {
        "code": found.code,
        "severity": str(found.severity),
        "message": found.message,
        "help": found.help,
        "path": found.span.source.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "entry": found.entry,
    }
