"""Diagnostics about files of the media folder."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.bank import Bank
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.registry import Trace
from deckgen.source import Source

LICENCE_ENDINGS = (".license", ".licence")
"""A file of this ending says under which licence the file of the same name without it is."""


def about_media(bank: Bank, name: str, code: str, message: str, advice: str) -> Diagnostic:
    """A warning about a media file as a whole."""
    folder = bank.settings.source.path.rpartition("/")[0]
    source = Source(f"{folder}/media/{name}", "")
    return Diagnostic(code, Severity.WARNING, message, source.span(0, 0), help=advice)


def with_media(deck: LintedDeck) -> Iterator[Trace]:
    """The entries that show or play files."""
    return (("", None, item) for item in deck.items if item.note.media)
