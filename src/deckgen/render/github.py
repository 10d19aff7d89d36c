"""Diagnostics as workflow commands, which GitHub shows as annotations on the lines of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckgen.diagnostic import Diagnostic
from deckgen.render.text import printable

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def render_github(diagnostics: Iterable[Diagnostic]) -> str:
    """One command a line. What stands in a bank cannot begin a command of its own or end one early."""
    return "".join(_one(found) for found in diagnostics)


def _one(found: Diagnostic) -> str:
    source, span = found.span.source, found.span
    line, column = source.place(span.start)
    end_line, end_column = source.place(span.end)
    properties: dict[str, object] = {"file": source.path, "line": line, "endLine": end_line}
    if line == end_line:
        properties |= {"col": column, "endColumn": end_column}
    properties["title"] = f"deckgen: {found.code}"
    message = found.message if found.help is None else f"{found.message}\n{found.help}"
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{found.severity} {given}::{_data(message)}\n"


def _property(text: str) -> str:
    return re.sub(r"[%\r\n:,]", lambda mark: _PROPERTY[mark[0]], printable(text))


def _data(text: str) -> str:
    lines = [printable(line) for line in text.split("\n")]
    return re.sub(r"[%\r\n]", lambda mark: _DATA[mark[0]], "\n".join(lines))
