"""Codes of parts that do not fit together: files, ids, names and media of a deck."""

from __future__ import annotations

from deckgen.diagnostic import Severity
from deckgen.rules.core.page import Page

_E = Severity.ERROR

DECK: dict[str, Page] = {
    "bad-media": Page(
        _E,
        "A media file that cannot be shipped.",
        "Only pictures and sound that every Anki shows, up to 100 MiB; an SVG must not hold scripts, foreign "
        "content, or links out of itself.",
    ),
    "duplicate-deck-id": Page(
        _E,
        "Two decks with one id.",
        "Their notes would overwrite each other at the learner's.",
    ),
    "duplicate-deck-name": Page(
        _E,
        "Two decks with one name.",
        "They would become one deck at the learner's.",
    ),
    "duplicate-id": Page(
        _E,
        "Two entries with one id.",
        "An id is unique in its deck: Anki recognises a note by it.",
    ),
    "missing-media": Page(
        _E,
        "A media file that is not there.",
        "Put the file in the folder `media` of the deck and name it without a path.",
    ),
    "needs-circle": Page(
        _E,
        "Entries that need each other.",
        "`needs` sets the order of new cards; a circle has none. Take one of the needs out.",
    ),
    "no-deck-file": Page(
        _E,
        "A deck without deck.yaml.",
        "Add one with `id` and `name`.",
    ),
    "split-topic": Page(
        _E,
        "One topic in two spellings.",
        "Anki compares the names of decks without regard to case, so `Side effects` and `Side Effects` become one "
        "subdeck, under whichever spelling came first. Write the name, and the levels above it, in one way in all "
        "files; learners who have the deck lose nothing by it.",
    ),
    "unknown-entry": Page(
        _E,
        "The name of an entry that is not there.",
        "`needs` and `replaced_by` name ids of the same deck.",
    ),
    "unknown-source": Page(
        _E,
        "A source that is not in sources.yaml.",
        "Add the work there, or cite one that is there.",
    ),
    "unknown-topic": Page(
        _E,
        "A topic that has no file, or is listed twice.",
        "`topics` in deck.yaml lists bank files without their ending.",
    ),
}
