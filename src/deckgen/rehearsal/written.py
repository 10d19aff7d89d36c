"""A rehearsal in words and as JSON. Nothing in either depends on the day it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.inspection.written import json_text, printable
from deckgen.rehearsal.report import BROKEN, NOTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen.rehearsal.report import Entry, Rehearsal, Step

SHOWN = 10
SCHEDULERS = {"fsrs": "FSRS", "sm2": "SM-2"}


def as_json(rehearsal: Rehearsal) -> str:
    """One JSON object; its shape is in `docs/how-to/rehearse-a-release.md`."""
    values = {
        "packages": list(rehearsal.packages),
        "seed": rehearsal.seed,
        "days": rehearsal.days,
        "runs": [{"scheduler": run.scheduler, "steps": [_step(step) for step in run.steps]} for run in rehearsal.runs],
        "broken": rehearsal.broken,
    }
    return json_text(values)


def as_text(rehearsal: Rehearsal, *, colour: bool = False) -> str:
    """For each scheduler and import: what was kept, what is worth knowing, which promises are broken."""
    return "\n".join(_lines(rehearsal, colour)) + "\n"


def _step(step: Step) -> dict[str, object]:
    return {
        "old": step.old,
        "new": step.new,
        "counts": dict(step.counts),
        "broken": {code: _entries(step.findings[code]) for code in BROKEN if code in step.findings},
        "noted": {code: _entries(step.findings[code]) for code in NOTED if code in step.findings},
    }


def _entries(entries: tuple[Entry, ...]) -> list[dict[str, object]]:
    return [
        {"guid": entry.guid, "entry": entry.entry, "ordinal": entry.ordinal, "text": entry.text} for entry in entries
    ]


def _lines(rehearsal: Rehearsal, colour: bool) -> Iterator[str]:
    def bold(text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if colour else text

    yield f"a learner, seed {rehearsal.seed}, {rehearsal.days} days of study before each import"
    for run in rehearsal.runs:
        for step in run.steps:
            yield ""
            title = f"{SCHEDULERS[run.scheduler]}: {step.old}, then {step.new}"
            yield bold(printable(title))
            width = max(map(len, step.counts))
            yield from (f"  {name.ljust(width)}  {count:,}" for name, count in step.counts.items())
            yield from _findings(step, NOTED, "33" if colour else "")
            yield from _findings(step, BROKEN, "31" if colour else "")
    yield ""
    cases = f"{rehearsal.broken:,} case{'' if rehearsal.broken == 1 else 's'}"
    verdict = f"promises broken: {cases}" if rehearsal.broken else "every promise is kept"
    yield bold(verdict)


def _findings(step: Step, titles: dict[str, str], shade: str) -> Iterator[str]:
    for code, title in titles.items():
        entries = step.findings.get(code, ())
        if entries:
            line = f"  {'BROKEN: ' if titles is BROKEN else ''}{title}: {len(entries)}"
            yield f"\x1b[{shade}m{line}\x1b[0m" if shade else line
            yield from (f"    {printable(_entry(entry))}" for entry in entries[:SHOWN])
            if len(entries) > SHOWN:
                yield f"    .. and {len(entries) - SHOWN} more"


def _entry(entry: Entry) -> str:
    card = "" if entry.ordinal is None else f", card {entry.ordinal + 1}"
    name = entry.entry or entry.guid
    return f"note {name}{card}: {entry.text}" if name is not None else entry.text
