"""Which entries a second reader has compared with their sources, and which have changed since.

The record is ``verified.tsv`` in the deck's folder: one line for each entry, sorted by id, with the id, a digest of
what the reader saw, the date, and the verdict (``ok`` or ``doubt: ..``). Git merges it by line. A deck without the
file is not checked. Runs on a loaded bank; the mistakes it reports are those of maintainers, never of learners.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deckgen.bank import Bank, Basic, Choice, Entry, Fact, parse_date
from deckgen.bankfiles import leads_out
from deckgen.diagnostic import Diagnostic, Label, Severity
from deckgen.nodes import Scalar
from deckgen.source import Source, Span

FILE_NAME = "verified.tsv"
UNVERIFIED = "unverified-entry"
STALE = "verification-stale"
OK = "ok"
_DOUBT = "doubt: "


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line of the record. ``span`` is where it stands."""

    entry: str
    digest: str
    date: str
    verdict: str
    span: Span


@dataclass(frozen=True, slots=True)
class Record:
    """What the file says: verdicts by entry id, and the lines that are no verdicts."""

    verdicts: Mapping[str, Verdict]
    unreadable: tuple[Span, ...] = ()


def digest(entry: Entry) -> str:
    """Twelve hexadecimal digits made from all that a learner reads of an entry.

    That is its texts, hints, sources with their places, dates of validity, region, picture, and the notice of its
    withdrawal. Tags, `needs`, order, the date of the next review, and what steers the choice of blanks do not count.
    """
    content = [str(entry.kind), list(_texts(entry)), [citation.node.value for citation in entry.sources]]
    content += [_value(entry.as_of), _value(entry.region), _picture(entry), _withdrawal(entry)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]


def read(path: Path, shown: str | None = None) -> Record | None:
    """The record in a file; None if there is no such file. ``shown`` is the path by which messages name it."""
    if not path.is_file() or leads_out(path, path.parent):
        return None
    source = Source(shown or path.as_posix(), path.read_text(encoding="utf-8", errors="replace"))
    verdicts: dict[str, Verdict] = {}
    unreadable = []
    start = 0
    for line in source.text.split("\n"):
        span = source.span(start, start + len(line))
        start += len(line) + 1
        if not line.strip():
            continue
        verdict = _verdict(line, span)
        if verdict is None or verdict.entry in verdicts:
            unreadable.append(span)
        else:
            verdicts[verdict.entry] = verdict
    return Record(verdicts, tuple(unreadable))


def stale(bank: Bank) -> Iterator[Diagnostic]:
    """Entries that no second reader has seen, or that changed since; nothing for a deck without a record."""
    folder = bank.settings.source.path.rpartition("/")[0]
    record = read(bank.folder / FILE_NAME, f"{folder}/{FILE_NAME}" if folder else FILE_NAME)
    if record is None:
        return
    known = set()
    for _, entry in bank.entries():
        known.add(entry.id.value)
        yield from _entry(entry, record.verdicts.get(entry.id.value))
    for verdict in record.verdicts.values():
        if verdict.entry not in known and verdict.entry not in bank.passed_over:
            yield _at(verdict.span, f"there is no entry `{verdict.entry}`", "take the line out with `deckgen verify`")
    for span in record.unreadable:
        yield _at(span, "this line is no verdict", "a line is: id, digest, date, verdict, with tabs between; ids once")


def recorded(bank: Bank, record: Record | None, chosen: Iterable[str], date: datetime.date, verdict: str) -> str:
    """The text of the record once the chosen entries got a verdict. Lines of entries that are gone are left out."""
    verdicts = dict(record.verdicts) if record is not None else {}
    wanted = set(chosen)
    lines = []
    for _, entry in bank.entries():
        name = entry.id.value
        if name in wanted:
            lines.append((name, digest(entry), date.isoformat(), verdict))
        elif name in verdicts:
            old = verdicts[name]
            lines.append((old.entry, old.digest, old.date, old.verdict))
    return "".join("\t".join(line) + "\n" for line in sorted(lines))


def doubt(text: str) -> str:
    """The verdict of a reader who is not sure, on one line."""
    return _DOUBT + " ".join(text.split())


def doubted(bank: Bank, record: Record | None) -> set[str]:
    """Entries whose reader was not sure, and which have not changed since."""
    verdicts = record.verdicts if record is not None else {}
    digests = {entry.id.value: digest(entry) for _, entry in bank.entries() if entry.id.value in verdicts}
    return {name for name, seen in verdicts.items() if seen.verdict != OK and seen.digest == digests.get(name)}


def _entry(entry: Entry, verdict: Verdict | None) -> Iterator[Diagnostic]:
    name, span = entry.id.value, entry.span(entry.id)
    if verdict is None:
        message = f"no second reader has compared `{name}` with its sources"
        yield Diagnostic(UNVERIFIED, Severity.WARNING, message, span, help=_HELP.format(name), entry=name)
    elif verdict.digest != digest(entry):
        message = f"`{name}` has changed since it was compared with its sources on {verdict.date}"
        label = Label(verdict.span, "the verdict on what it said then")
        yield Diagnostic(STALE, Severity.WARNING, message, span, (label,), _HELP.format(name), entry=name)


_HELP = "read it against its sources, then run `deckgen verify --entry {}`"


def _at(span: Span, message: str, advice: str) -> Diagnostic:
    return Diagnostic(STALE, Severity.WARNING, message, span, help=advice)


def _verdict(line: str, span: Span) -> Verdict | None:
    parts = line.rstrip("\r").split("\t")
    if len(parts) != 4 or not all(parts) or parse_date(parts[2]) is None:
        return None
    if parts[3] != OK and not parts[3].startswith(_DOUBT):
        return None
    return Verdict(parts[0], parts[1], parts[2], parts[3], span)


def _texts(entry: Entry) -> Iterator[list[str]]:
    for key, node in entry.texts():
        yield [key, node.value]
    body = entry.body
    if isinstance(body, Fact):
        yield from (["hint", text.value, hint.value] for text, hint in body.hints)
    elif isinstance(body, Basic) and body.reverse:
        yield ["reverse"]
    elif isinstance(body, Choice):
        yield from (["why", option.text.value] for option in body.distractors if option.why is not None)


def _withdrawal(entry: Entry) -> list[str]:
    withdrawn = entry.withdrawn
    if withdrawn is None:
        return []
    return [_value(withdrawn.on), _value(withdrawn.reason), _value(withdrawn.replaced_by)]


def _picture(entry: Entry) -> str | list[str]:
    if entry.image is None or entry.image.alt is None:
        return _value(entry.image.file if entry.image else None)
    return [entry.image.file.value, entry.image.alt.value]


def _value(node: Scalar | None) -> str:
    return node.value if node is not None else ""
