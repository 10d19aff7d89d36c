"""The texts of one entry made ready for fields, with the media they name and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable

from deckgen.bank import Entry
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.markup import NO_TEXT, Doubt, Rich, render
from deckgen.nodes import Scalar
from deckgen.source import Span


class Texts:
    """Renders the Markdown texts of an entry and collects media names and diagnostics on the way."""

    def __init__(self, entry: Entry, media: Callable[[str], str | None]) -> None:
        self.entry, self.media = entry, media
        self.found: list[Diagnostic] = []
        self.images: list[str] = []

    def rich(self, node: Scalar | None) -> Rich:
        if node is None:
            return NO_TEXT
        rich = render(node.value, self.media)
        self.take(rich, node)
        return rich

    def take(self, rich: Rich, node: Scalar) -> None:
        self.images += rich.images
        for doubt in rich.doubts:
            self.doubt(doubt, node)

    def doubt(self, doubt: Doubt, node: Scalar, severity: Severity = Severity.ERROR) -> None:
        span = quoted_span(self.entry, node, doubt.quoted)
        self.found.append(
            Diagnostic(doubt.code, severity, doubt.message, span, help=doubt.advice, entry=self.entry.id.value)
        )


def quoted_span(entry: Entry, node: Scalar, quoted: str) -> Span:
    """Where a text at fault stands within a value; the whole value if it is not found as written."""
    if quoted:
        at = entry.source.text.find(quoted, node.start, node.end)
        if at >= 0:
            return entry.source.span(at, at + len(quoted))
    return entry.span(node)
