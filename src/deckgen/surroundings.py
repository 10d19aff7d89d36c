"""What all notes of a deck share while they are composed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deckgen.bank import Bank
from deckgen.lock import Lock
from deckgen.sourcing import References
from deckgen.succession import Names

if TYPE_CHECKING:
    from deckgen.cloze import Engine


@dataclass(frozen=True)
class Surroundings:
    """All that the notes of a deck share."""

    bank: Bank
    lock: Lock | None
    engine: Callable[[], Engine]
    names: Names
    media: Callable[[str], str | None]
    recloze: bool = False
    questions: Mapping[str, str] = field(default_factory=dict)
    """The question of each entry, for notices that name a successor."""
    tags: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """The tags of notes by what the bank says, each list made once: many notes have the same."""

    @functools.cached_property
    def references(self) -> References:
        """The lists of works that entries cite."""
        return References(self.bank.works)
