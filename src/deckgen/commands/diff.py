"""`deckgen diff OLD NEW`: what learners will see change."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from deckgen.diff import compare
from deckgen.render.changes import as_json, as_markdown, as_text
from deckgen.states import read_state


def run(old: str, new: str, *, cards: Path, now: int, format: str, out: TextIO, colour: bool) -> int:  # noqa: A002
    """Compare two packages, folders or git revisions. Raises `UserError` if one cannot be read."""
    difference = compare(read_state(old, cards, now), read_state(new, cards, now))
    if format == "json":
        out.write(as_json(difference))
    elif format == "markdown":
        out.write(as_markdown(difference))
    else:
        out.write(as_text(difference, colour=colour))
    return 0
