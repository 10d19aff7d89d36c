"""Whether a branch keeps learners' progress: its lock held against the lock of the branch it goes to.

A lock that was edited, lost or taken from elsewhere can give a card to another answer without any mistake in the
banks. Both locks are therefore led through the same banks, and what comes out is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.lock import NoteRecord
from deckgen.note import Note
from deckgen.source import Source

CODE = "moved-progress"


def moved(lock: Source, base: str, expected: Sequence[Note], found: Sequence[Note]) -> Iterator[Diagnostic]:
    """What would move: ``expected`` are the notes as the lock of ``base`` leads to them."""
    now = {note.id: note.record for note in found}
    for note in expected:
        record = now.get(note.id)
        why = None if record is None else _why(note.record, record)
        if why is not None:
            yield _fault(lock, base, note.id, why)


def _why(before: NoteRecord, after: NoteRecord) -> str | None:
    if before.guid != after.guid:
        return "has another GUID, so learners would get it as a new note"
    kept = {answer.number for answer in (*after.answers, *after.retired)}
    lost = [answer.number for answer in (*before.answers, *before.retired) if answer.number not in kept]
    if lost:
        return f"has lost the number {lost[0]}, whose cards would turn into errors"
    asked = {answer.number: answer.texts for answer in after.answers}
    for answer in before.answers:
        if asked.get(answer.number, answer.texts) != answer.texts:
            was, now = " … ".join(answer.texts), " … ".join(asked[answer.number])
            return f"asks for `{now}` under the number {answer.number}, which belongs to `{was}`"
    asks = {number for number in asked if number in {answer.number for answer in before.retired}}
    return f"uses the number {min(asks)} again, which was retired" if asks else None


def _fault(lock: Source, base: str, entry: str, why: str) -> Diagnostic:
    at = max(lock.text.find(f'{{"note": "{entry}"'), 0)
    end = lock.text.find("\n", at)
    span = lock.span(at, end if end > at else at)
    advice = f"take the lock of {base} (git checkout {base} -- {lock.path}) and run `deckgen build`"
    return Diagnostic(CODE, Severity.ERROR, f"`{entry}` {why}", span, help=advice, entry=entry)
