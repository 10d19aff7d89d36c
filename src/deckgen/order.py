"""The order in which new cards are learnt: as written, but what an entry needs comes first."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from deckgen.bank import Entry
from deckgen.diagnostic import Diagnostic, Severity


def learning_order(entries: Sequence[Entry]) -> tuple[list[Entry], list[Diagnostic]]:
    """Entries with everything they need before them, otherwise as written; a circle is an error."""
    place = {entry.id.value: index for index, entry in enumerate(entries)}
    waiting: dict[int, int] = {}
    unlocks: dict[int, list[int]] = {}
    for index, entry in enumerate(entries):
        needed = {place[need.value] for need in entry.needs if place.get(need.value, index) != index}
        waiting[index] = len(needed)
        for other in needed:
            unlocks.setdefault(other, []).append(index)
    ready = [index for index, count in waiting.items() if not count]
    heapq.heapify(ready)
    ordered: list[Entry] = []
    while ready:
        index = heapq.heappop(ready)
        ordered.append(entries[index])
        for following in unlocks.get(index, ()):
            waiting[following] -= 1
            if not waiting[following]:
                heapq.heappush(ready, following)
    if len(ordered) == len(entries):
        return ordered, []
    done = {entry.id.value for entry in ordered}
    left = [entry for entry in entries if entry.id.value not in done]
    return ordered + left, [_circle(left)]


def _circle(left: Sequence[Entry]) -> Diagnostic:
    """The diagnostic for one circle among entries that wait for each other."""
    by_id = {entry.id.value: entry for entry in left}
    path: dict[str, int] = {}
    current = left[0].id.value
    while current not in path:
        path[current] = len(path)
        current = next(need.value for need in by_id[current].needs if need.value in by_id and need.value != current)
    circle = [*list(path)[path[current] :], current]
    entry = by_id[circle[0]]
    need = next(need for need in entry.needs if need.value == circle[1])
    return Diagnostic(
        "needs-circle",
        Severity.ERROR,
        f"entries need each other: {' → '.join(circle)}",
        entry.span(need),
        help="take one of these needs out",
        entry=entry.id.value,
    )
