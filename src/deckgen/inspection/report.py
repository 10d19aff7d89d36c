"""From a package to a report on it: what is in it, counted, and its faults."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckgen.diagnostic import Severity
from deckgen.inspection.cards import card_faults
from deckgen.inspection.fault import Fault
from deckgen.inspection.media import MediaUse, media_faults, media_use
from deckgen.inspection.rows import row_faults
from deckgen.inspection.schema import schema_faults

if TYPE_CHECKING:
    from deckgen.apkg import Deck, NoteType, Package


@dataclass(frozen=True, slots=True)
class NoteTypeCount:
    """A note type with the numbers of its notes and cards."""

    note_type: NoteType
    notes: int
    cards: int


@dataclass(frozen=True, slots=True)
class DeckCount:
    """A deck with the number of cards in it, subdecks not counted."""

    deck: Deck
    cards: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a package holds. Note types and decks go by name, tags by tag, faults by weight and code."""

    file: str
    format: str
    note_types: tuple[NoteTypeCount, ...]
    decks: tuple[DeckCount, ...]
    notes: int
    cards: int
    tags: tuple[tuple[str, int], ...]
    media_bytes: int
    media_files: int
    media: MediaUse
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> int:
        """How many faults are errors."""
        return sum(fault.severity is Severity.ERROR for fault in self.faults)

    @property
    def warnings(self) -> int:
        """How many faults are warnings."""
        return len(self.faults) - self.errors


def inspect_package(package: Package, *, now: int) -> Inspection:
    """The report on a package; times later than `now` (seconds since 1970) are faults."""
    type_of = {note.id: note.note_type_id for note in package.notes}
    notes = Counter(type_of.values())
    cards = Counter(type_of.get(card.note_id) for card in package.cards)
    in_deck = Counter(card.deck_id for card in package.cards)
    tags: dict[str, int] = defaultdict(int)
    for note in package.notes:
        for tag in set(note.tags):
            tags[tag] += 1
    use = media_use(package)
    return Inspection(
        file=package.path.name,
        format=package.format,
        note_types=tuple(
            NoteTypeCount(kind, notes[kind.id], cards[kind.id])
            for kind in sorted(package.note_types.values(), key=lambda kind: (kind.name, kind.id))
        ),
        decks=tuple(
            DeckCount(deck, in_deck[deck.id])
            for deck in sorted(package.decks.values(), key=lambda deck: (deck.name, deck.id))
            if deck.id != 1 or in_deck[1]
        ),
        notes=len(package.notes),
        cards=len(package.cards),
        tags=tuple(sorted(tags.items())),
        media_bytes=sum(file.size for file in package.media.values()),
        media_files=sum(file.present for file in package.media.values()),
        media=use,
        faults=_faults(package, use, now),
    )


def _faults(package: Package, use: MediaUse, now: int) -> tuple[Fault, ...]:
    found = [
        Fault(odd.code, Severity.ERROR if odd.serious else Severity.WARNING, odd.message) for odd in package.oddities
    ]
    found += schema_faults(package, now)
    found += row_faults(package, now)
    found += card_faults(package)
    found += media_faults(package, use)
    return tuple(sorted(found, key=lambda fault: (fault.severity is not Severity.ERROR, fault.code)))
