"""What a package holds: notes with their cards, before and after they have a time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from deckgen.lock import NoteRecord


@dataclass(frozen=True, slots=True)
class Note:
    """A note ready for a package.

    ``ordinals`` are its cards, counted from 0; those in ``retired`` only say that they are no longer asked and
    come last in the queue of new cards.
    ``record`` is its line of the lock. ``decisions`` tell people what was decided about its numbers.
    """

    type_key: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]
    retired: frozenset[int]
    media: tuple[str, ...]
    record: NoteRecord
    decisions: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.record.id

    def at(self, time: int) -> Note:
        """This note with a time."""
        return Note(
            self.type_key, self.deck, self.fields, self.tags, self.ordinals, self.retired, self.media,
            self.record.at(time), self.decisions,
        )  # fmt: skip


def content_hash(type_key: str, fields: tuple[str, ...], tags: tuple[str, ...]) -> str:
    """The hash of what a learner sees of a note. Media count too, since their names are made from their content."""
    folded = sorted([tag.casefold() for tag in tags])
    content = "\x1e".join((type_key, "\x1f".join(fields), " ".join(folded)))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PAIRS = [first + second for first in _DIGITS for second in _DIGITS]


def guid(deck_id: str, entry_id: str) -> str:
    """The GUID of a note: 12 letters and digits made from the permanent ids, never from content."""
    number = int.from_bytes(hashlib.sha256(f"deckgen:{deck_id}:{entry_id}".encode()).digest()[:9], "big")
    text = ""
    for _ in range(6):
        number, pair = divmod(number, len(_PAIRS))
        text = _PAIRS[pair] + text
    return text
