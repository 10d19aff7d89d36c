"""Diagnostics as SARIF 2.1.0, the format that code hosts show as alerts.

Specification: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Columns count characters (3.14.17),
paths are relative URIs (3.4), a fix is a list of replacements (3.55).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from deckgen import __version__
from deckgen.diagnostic import Diagnostic, Fix
from deckgen.explanations import EXPLANATIONS, Explanation
from deckgen.source import Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """One run of deckgen with its rules and results."""
    codes = sorted({found.code for found in diagnostics})
    index = {code: number for number, code in enumerate(codes)}
    driver = {"name": "deckgen", "semanticVersion": __version__, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder in which deckgen ran."}}},
        "results": [_result(found, index[found.code]) for found in diagnostics],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: str) -> dict[str, Any]:
    page = EXPLANATIONS.get(code, Explanation(code, None, code, code))
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.title},
        "help": {"text": page.text, "markdown": page.markdown},
        "defaultConfiguration": {"level": "none" if page.severity is None else str(page.severity)},
    }


def _result(found: Diagnostic, index: int) -> dict[str, Any]:
    message = found.message if found.help is None else f"{found.message}\n{found.help}"
    mark = hashlib.sha256(f"{found.code}\0{found.entry or found.span.source.path}\0{found.message}".encode())
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": str(found.severity),
        "message": {"text": message},
        "locations": [_location(found.span)],
        "partialFingerprints": {"deckgen/v1": mark.hexdigest()[:32]},
    }
    if found.labels:
        result["relatedLocations"] = [
            {"id": number, **_location(label.span), "message": {"text": label.message}}
            for number, label in enumerate(found.labels)
        ]
    if found.fix is not None:
        result["fixes"] = [_fix(found.fix)]
    return result


def _location(span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(span), "region": _region(span)}}


def _artifact(span: Span) -> dict[str, str]:
    return {"uri": quote(span.source.path, safe="/"), "uriBaseId": "SRCROOT"}


def _region(span: Span) -> dict[str, int]:
    line, column = span.source.place(span.start)
    end_line, end_column = span.source.place(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _fix(fix: Fix) -> dict[str, Any]:
    changes: dict[str, dict[str, Any]] = {}
    for edit in fix.edits:
        change = changes.setdefault(
            edit.span.source.path, {"artifactLocation": _artifact(edit.span), "replacements": []}
        )
        change["replacements"].append({"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}})
    return {"description": {"text": fix.message}, "artifactChanges": list(changes.values())}
