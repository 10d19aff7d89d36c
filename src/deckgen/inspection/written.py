"""A report as text for a terminal and as JSON for programs."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from deckgen.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from deckgen.inspection.fault import Fault
    from deckgen.inspection.report import Inspection

SHOWN = 10
"""How many entries of a long list the text shows; the JSON has all."""
WIDEST = 60


def as_json(inspection: Inspection) -> str:
    """One JSON object; its shape is in `docs/reference/inspect.md`."""
    return json_text(_values(inspection))


def as_text(inspection: Inspection, *, colour: bool = False) -> str:
    """Sections with counts and aligned columns. Nothing in the package can reach the terminal's controls."""
    return "\n".join(_lines(inspection, colour)) + "\n"


def json_text(values: object) -> str:
    """Indented JSON; a file name that is not UTF-8 is escaped, as JSON allows."""
    text = json.dumps(values, ensure_ascii=False, indent=1) + "\n"
    return text.encode(errors="backslashreplace").decode()


def printable(text: str) -> str:
    """The text with control characters, also those that turn writing round, shown as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _values(inspection: Inspection) -> dict[str, object]:
    return {
        "file": inspection.file,
        "format": inspection.format,
        "note_types": [
            {
                "id": count.note_type.id,
                "name": count.note_type.name,
                "kind": count.note_type.kind,
                "fields": [{"name": f.name, "id": f.id} for f in count.note_type.fields],
                "templates": [{"name": t.name, "id": t.id} for t in count.note_type.templates],
                "sort_field": count.note_type.sort_field,
                "mod": count.note_type.mod,
                "notes": count.notes,
                "cards": count.cards,
            }
            for count in inspection.note_types
        ],
        "decks": [
            {
                "id": count.deck.id,
                "name": count.deck.name,
                "description": count.deck.description,
                "markdown": count.deck.markdown,
                "filtered": count.deck.filtered,
                "cards": count.cards,
            }
            for count in inspection.decks
        ],
        "notes": inspection.notes,
        "cards": inspection.cards,
        "tags": dict(inspection.tags),
        "media": {
            "files": inspection.media_files,
            "bytes": inspection.media_bytes,
            "used": list(inspection.media.used),
            "unused": list(inspection.media.unused),
            "missing": list(inspection.media.missing),
            "over_100_mib": list(inspection.media.large),
        },
        "faults": [
            {
                "code": fault.code,
                "severity": fault.severity.value,
                "message": fault.message,
                "guid": fault.guid,
                "ordinal": fault.ordinal,
                "note_type": fault.note_type,
            }
            for fault in inspection.faults
        ],
        "errors": inspection.errors,
        "warnings": inspection.warnings,
    }


def _lines(inspection: Inspection, colour: bool) -> Iterator[str]:
    def heading(text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if colour else text

    yield heading(f"{printable(inspection.file)}: {inspection.format}")
    yield f"{_number(inspection.notes, 'note')}, {_number(inspection.cards, 'card')}"
    yield ""
    yield heading(_number(len(inspection.note_types), "note type"))
    yield from _table(
        (
            count.note_type.name,
            count.note_type.kind,
            _number(len(count.note_type.fields), "field"),
            _number(len(count.note_type.templates), "template"),
            _number(count.notes, "note"),
            _number(count.cards, "card"),
        )
        for count in inspection.note_types
    )
    yield ""
    yield heading(_number(len(inspection.decks), "deck"))
    yield from _table(
        (count.deck.name, _number(count.cards, "card"), _first_line(count.deck.description))
        for count in inspection.decks
    )
    yield ""
    yield heading(_number(len(inspection.tags), "tag"))
    yield from _table((tag, _number(count, "note")) for tag, count in inspection.tags[:SHOWN])
    yield from _more(len(inspection.tags))
    yield ""
    yield heading(f"{_number(inspection.media_files, 'media file')}, {inspection.media_bytes:,} bytes")
    yield from _table(
        (title, str(len(names)), _named(names))
        for title, names in (
            ("used", inspection.media.used),
            ("unused", inspection.media.unused),
            ("missing", inspection.media.missing),
            ("over 100 MiB", inspection.media.large),
        )
        if names
    )
    yield ""
    yield heading(f"{_number(inspection.errors, 'error')}, {_number(inspection.warnings, 'warning')}")
    yield from _fault_lines(inspection.faults, colour)


def _fault_lines(faults: Sequence[Fault], colour: bool) -> Iterator[str]:
    for (severity, code), group in groupby(faults, key=lambda fault: (fault.severity, fault.code)):
        found = list(group)
        shade = "31" if severity is Severity.ERROR else "33"
        label = f"\x1b[{shade}m{severity.value}\x1b[0m" if colour else severity.value
        yield f"{label}: {code} ({len(found)})"
        yield from (f"  {printable(_place(fault) + fault.message)}" for fault in found[:SHOWN])
        yield from _more(len(found))


def _place(fault: Fault) -> str:
    if fault.guid is not None:
        card = "" if fault.ordinal is None else f", card {fault.ordinal + 1}"
        return f"note {fault.guid}{card}: "
    return f"note type {fault.note_type}: " if fault.note_type is not None else ""


def _table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    cells = [[_short(printable(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {line}".rstrip()


def _more(count: int) -> Iterator[str]:
    if count > SHOWN:
        yield f"  .. and {count - SHOWN} more"


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", .." if len(names) > 3 else "")


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else text[: WIDEST - 2] + ".."


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
