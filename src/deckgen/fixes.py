"""Fixes applied to the text of a file: edits that do not overlap, everything else left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from deckgen.bank import Bank
from deckgen.diagnostic import Diagnostic, Edit, Fix
from deckgen.source import Source

_NEW_ID = re.compile(r"id: ([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file after its fixes: its source before, its text now, and the diagnostics that were mended."""

    source: Source
    text: str
    mended: tuple[Diagnostic, ...]


def apply_fixes(found: Iterable[Diagnostic], *, unsafe: bool = False) -> list[Fixed]:
    """The files that the fixes of these diagnostics change. Of two fixes that overlap the first one is taken."""
    by_file: dict[str, list[Diagnostic]] = {}
    for item in sorted(found, key=lambda item: item.key):
        if item.fix is not None and (item.fix.safe or unsafe):
            by_file.setdefault(item.span.source.path, []).append(item)
    return [fixed for items in by_file.values() if (fixed := _in_file(items)) is not None]


def _in_file(items: Sequence[Diagnostic]) -> Fixed | None:
    source = items[0].span.source
    taken: list[Edit] = []
    mended: list[Diagnostic] = []
    for item in items:
        assert item.fix is not None
        edits = item.fix.edits
        fits = all(edit.span.source.path == source.path for edit in edits)
        if fits and not any(_clash(edit, other) for edit in edits for other in taken):
            taken += edits
            mended.append(item)
    text = source.text
    for edit in sorted(taken, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return Fixed(source, text, tuple(mended)) if text != source.text else None


def _clash(one: Edit, other: Edit) -> bool:
    if one.span.start == other.span.start:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end


def with_unique_ids(bank: Bank, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics, those that offer an id made from a text with one that is free in the deck."""
    taken = {entry.id.value for _, entry in bank.entries()} | bank.passed_over
    taken |= {entry.was[0].value for _, entry in bank.entries() if entry.was}
    return [_with_unique_id(item, taken) if item.code == "missing-id" else item for item in found]


def _with_unique_id(item: Diagnostic, taken: set[str]) -> Diagnostic:
    edit = item.fix.edits[0] if item.fix is not None else None
    named = _NEW_ID.match(edit.text) if edit is not None else None
    if edit is None or named is None or item.help is None:
        return item
    wanted, count = named[1], 1
    while wanted in taken:
        count += 1
        wanted = f"{named[1]}-{count}"
    taken.add(wanted)
    line_break = "\r\n" if "\r\n" in item.span.source.text else "\n"
    text = edit.text.replace(named[0], f"id: {wanted}", 1).replace("\n", line_break)
    advice = item.help.replace(f"`id: {named[1]}`", f"`id: {wanted}`")
    return replace(item, help=advice, fix=Fix((replace(edit, text=text),), f"add `id: {wanted}`"))
