"""What deckgen says of a bank before any rule runs: every code with a short page.

These always hold: they cannot be set in `deck.yaml`, and the errors among them cannot be ignored.
"""

from __future__ import annotations

from deckgen.rules.core.cards import CARDS
from deckgen.rules.core.deck import DECK
from deckgen.rules.core.files import FILES
from deckgen.rules.core.keys import KEYS
from deckgen.rules.core.page import Page
from deckgen.rules.core.promises import PROMISES
from deckgen.rules.core.settings import SETTINGS

__all__ = ["CARDS", "CORE", "DECK", "FILES", "KEYS", "PROMISES", "SETTINGS", "Page"]

CORE: dict[str, Page] = {**FILES, **KEYS, **DECK, **CARDS, **PROMISES, **SETTINGS}
"""Every code that is no rule."""
