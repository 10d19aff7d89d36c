"""The preview: checked decks to a web site, as files.

``Checked → entries → data and pages → files``. Runs after the checks; a deck with errors is shown with what is
sound in it and with its errors. Nothing here reads or writes a file but `folder`, and nothing listens but `server`.
"""

from __future__ import annotations

from deckgen.preview.site import DeckView, Site, make_site

__all__ = ["DeckView", "Site", "make_site"]
