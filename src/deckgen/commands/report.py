"""`deckgen report BASE`: what a branch changes for learners, and whether it may, on one page."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TextIO

from deckgen.diagnostic import summary
from deckgen.files import write_whole
from deckgen.render.github import render_github
from deckgen.render.report import report_markdown
from deckgen.render.text import render_text
from deckgen.report import anki_rehearsal, make_report
from deckgen.workspace import shown_path


def run(
    base: str,
    cards: Path,
    output: Path,
    *,
    strict: bool,
    rehearsal: bool,
    days: int,
    now: int,
    out: TextIO,
    err: TextIO,
    format: str,  # noqa: A002 - the name of the option
    colour: bool,
) -> int:
    """Write the page and the packages. ``format`` github: annotations in place of text. 0: sound, 1: not.

    Raises `UserError` for an unknown base or a missing Anki.
    """
    rehearse = anki_rehearsal(days) if rehearsal else None
    with tempfile.TemporaryDirectory(prefix="deckgen-") as scratch:
        report = make_report(base, cards, output, Path(scratch), now, rehearse, strict=strict)
    page = output / "report.md"
    write_whole(page, report_markdown(report).encode())
    if format == "github":
        out.write(render_github((*report.diagnostics, *report.unread)))
    elif report.diagnostics:
        err.write(render_text(report.diagnostics, colour=colour))
    verdict = "sound" if report.sound else "not sound yet"
    promises = f", {report.broken} broken promises to learners" if report.broken else ""
    unread = f", {len(report.unread)} to be read by a second reader" if report.unread else ""
    out.write(f"{shown_path(page)}: {verdict} ({summary(report.diagnostics)}{promises}{unread})\n")
    return 0 if report.sound else 1
