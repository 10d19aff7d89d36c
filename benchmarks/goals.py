"""The goals of deckgen's speed, each beside what was measured, as a Markdown table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """Seconds on the clock, seconds of all processors, and the peak of memory in MB."""

    clock: float
    processor: float
    peak: float


@dataclass(frozen=True)
class Goal:
    """A case held against another, or by itself where ``beside`` is empty, and the most it may be.

    ``what`` is ``time`` (seconds, or a ratio of seconds) or ``memory`` (MB). ``sizes`` are the banks it is for.
    """

    title: str
    case: str
    beside: str
    most: float
    sizes: tuple[int, ...] = (10_000, 100_000)
    what: str = "time"


GOALS = (
    Goal("first build", "first build", "R", 1.0),
    Goal("`check`, all rules", "check", "R", 0.6),
    Goal("packing ready notes", "deckgen packs", "genanki packs", 0.5),
    Goal("build, nothing changed", "nothing changed", "R", 0.1),
    Goal("build, nothing changed", "nothing changed", "", 0.3, (10_000,)),
    Goal("build, one of 100 files changed", "build after an edit", "R", 0.25),
    Goal("peak memory of a first build", "first build", "", 400, (100_000,), "memory"),
    Goal("preview", "preview", "", 5.0, (10_000,)),
)
_UNITS = {"time": "s", "memory": "MB"}


def goal_table(found: Mapping[int, Mapping[str, Measure]], start: float | None) -> str:
    """A row for each goal whose cases were measured; ``start`` is help's time beside that of importing click."""
    sizes = list(found)
    lines = [
        f"| goal | at most | {' | '.join(f'{size:,} notes' for size in sizes)} |",
        f"|---|---|{'---|' * len(sizes)}",
    ]
    for goal in GOALS:
        cells = [_cell(goal, found[size]) if size in goal.sizes else "" for size in sizes]
        if any(cells):
            lines.append(f"| {goal.title} | {_amount(goal, goal.most)} | {' | '.join(cells)} |")
    if len(sizes) > 1:
        lines += [_linear(found, case, sizes[0], sizes[-1]) for case in ("check", "first build")]
    if start is not None:
        lines.append(f"| `deckgen --help` | 2 × `import click` | {start:.1f} |{' |' * (len(sizes) - 1)}")
    return "\n".join(lines)


def _cell(goal: Goal, found: Mapping[str, Measure]) -> str:
    if goal.case not in found or (goal.beside and goal.beside not in found):
        return ""
    case = found[goal.case]
    if goal.what == "memory":
        return _amount(goal, case.peak) + _mark(case.peak, goal.most)
    other = found[goal.beside] if goal.beside else Measure(1, 1, 1)
    clock, processor = case.clock / other.clock, case.processor / other.processor
    return f"{_amount(goal, clock)}{_mark(clock, goal.most)} ({processor:.2f})"


def _amount(goal: Goal, value: float) -> str:
    unit = {"R": "R", "genanki packs": "genanki"}.get(goal.beside, _UNITS[goal.what])
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.2f} {unit}"


def _mark(value: float, most: float) -> str:
    return "" if value <= most else " **missed**"


def _linear(found: Mapping[int, Mapping[str, Measure]], case: str, small: int, large: int) -> str:
    if case not in found[small] or case not in found[large]:
        return f"| {case}, {large:,} beside {small:,} notes | | |"
    most = 1.1 * large / small
    few, many = found[small][case], found[large][case]
    clock, processor = many.clock / few.clock, many.processor / few.processor
    said = f"{clock:.1f} times{_mark(processor, most)} ({processor:.1f})"
    return f"| {case}, {large:,} beside {small:,} notes | {most:.0f} times | | {said} |"
