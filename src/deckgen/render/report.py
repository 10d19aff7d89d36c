"""A report on a branch as Markdown, for the summary of a pull request. Texts of the banks stand in it as data only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from deckgen.diagnostic import Diagnostic, Severity, has_errors, summary
from deckgen.diff import What, of_kind
from deckgen.render.changes import as_markdown
from deckgen.render.text import render_text
from deckgen.report import Report

_MOST = 100
"""Diagnostics and cases shown; a page has its limits."""
_ADVICE = {
    "answers-moved": "give the new answer an entry of its own, or restore deck.lock and build again",
    "error-cards": "bring the cloze number or the entry back; withdraw what is no longer taught",
    "notes-refused": "restore deck.lock from the branch this goes to, then run `deckgen build`",
    "notes-rewritten": "restore deck.lock from the branch this goes to, then run `deckgen build`",
    "guids-twice": "restore deck.lock from the branch this goes to, then run `deckgen build`",
}
_READER = (
    "Somebody other than the author compares these with their sources and records it with `deckgen verify`. "
    "Nothing more is asked of the author."
)
_ADVICE_ELSE = "see the guide on rehearsing a release"


def report_markdown(report: Report) -> str:
    """The whole page."""
    head = "Sound" if report.sound else "Not sound yet"
    parts = [f"# {head}", _table(report)]
    if report.diagnostics:
        parts += ["## Mistakes and doubts", _fenced(_some(report.diagnostics))]
    if report.strict and report.diagnostics and not has_errors(report.diagnostics):
        parts.append(
            "A change is taken without warnings. Where one is wrong, put `# deckgen: ignore[code]` on its line."
        )
    if report.unread:
        parts += ["## For a second reader", f"{_READER}\n\n{_fenced(_places(report.unread))}"]
    if not report.comparable:
        parts.append("The branch this goes to has errors itself, so there is nothing to compare with.")
    elif report.difference is None:
        parts.append("Nothing was built or compared: mend the errors first.")
    else:
        parts += ["## What learners will see change", as_markdown(report.difference).strip()]
    parts += list(_broken(report))
    return "\n\n".join(parts) + "\n"


def _table(report: Report) -> str:
    older = f"; {report.older} older warnings are not shown" if report.older else ""
    rows = [("Banks", summary(report.diagnostics) + older)]
    if report.unread:
        rows.append(("Second reader", f"{len(report.unread)} to be read"))
    if report.difference is not None and report.comparable:
        changes = report.difference.changes
        counts = [f"{len(of_kind(changes, what))} {what}" for what in What if of_kind(changes, what)]
        rows.append(("Changes", ", ".join(counts) or "none for learners"))
        rows.append(("Learners' progress", _progress(report)))
        rows.append(("Packages", ", ".join(f"`{name}`" for name in report.packages)))
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows)])


def _progress(report: Report) -> str:
    if not report.rehearsals:
        return "not rehearsed: there is nothing to compare with, or no rehearsal was wanted"
    if report.broken:
        return f"**{report.broken} broken promises**"
    total: Counter[str] = Counter()
    for rehearsal in report.rehearsals.values():
        for run in rehearsal.runs:
            for step in run.steps:
                total.update(step.counts)
    return f"kept: {total['reviews kept']:,} of {total['reviews']:,} reviews in the rehearsal in Anki"


def _broken(report: Report) -> Iterator[str]:
    from deckgen.rehearsal.report import BROKEN  # noqa: PLC0415 - needs an extra, and so did what is shown

    if not report.broken:
        return
    yield "## Broken promises to learners"
    cases: dict[str, dict[str, None]] = {}
    for rehearsal in report.rehearsals.values():
        for run in rehearsal.runs:
            for step in run.steps:
                for code in BROKEN:
                    for entry in step.findings.get(code, ()):
                        place = report.places.get(entry.guid or "", "")
                        cases.setdefault(code, {})[f"{place}: {entry.text}" if place else entry.text] = None
    for code, texts in cases.items():
        yield f"**{BROKEN[code]}** (`{code}`): {_ADVICE.get(code, _ADVICE_ELSE)}"
        shown = list(texts)[:_MOST]
        more = [f"and {len(texts) - _MOST} more"] if len(texts) > _MOST else []
        yield _fenced("\n".join([*shown, *more]))


def _some(diagnostics: tuple[Diagnostic, ...]) -> str:
    ordered = sorted(diagnostics, key=lambda item: item.severity is not Severity.ERROR)
    text = render_text(ordered[:_MOST])
    return text + (f"\nand {len(ordered) - _MOST} more" if len(ordered) > _MOST else "")


def _places(unread: Sequence[Diagnostic]) -> str:
    lines = []
    for item in unread[:_MOST]:
        line, column = item.span.source.place(item.span.start)
        lines.append(f"{item.span.source.path}:{line}:{column}: {item.message}")
    return "\n".join([*lines, *([f"and {len(unread) - _MOST} more"] if len(unread) > _MOST else [])])


def _fenced(text: str) -> str:
    """Text that stays text whatever it holds: a fence longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}"
