"""One thing that is wrong with a package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckgen.diagnostic import Severity

if TYPE_CHECKING:
    from deckgen.apkg import Note, NoteType


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and where it is. `code` is a permanent kebab-case name.

    An error means that something does not reach the learner, or not as meant; a warning is a risk.
    `guid` names the note and `ordinal` the card, counted from 0; `note_type` is a name.
    """

    code: str
    severity: Severity
    message: str
    guid: str | None = None
    ordinal: int | None = None
    note_type: str | None = None


def error(code: str, message: str, note: Note | None = None, ordinal: int | None = None) -> Fault:
    """An error of the package, or of a note, or of a card of that note."""
    return Fault(code, Severity.ERROR, message, note.guid if note else None, ordinal)


def warning(code: str, message: str, note: Note | None = None, ordinal: int | None = None) -> Fault:
    """A warning about the package, or a note, or a card of that note."""
    return Fault(code, Severity.WARNING, message, note.guid if note else None, ordinal)


def of_type(severity: Severity, code: str, message: str, note_type: NoteType) -> Fault:
    """A fault of a note type."""
    return Fault(code, severity, message, note_type=note_type.name)
