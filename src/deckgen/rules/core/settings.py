"""Codes of ignore comments and settings of rules."""

from __future__ import annotations

from deckgen.diagnostic import Severity
from deckgen.rules.core.page import Page

_W = Severity.WARNING

SETTINGS: dict[str, Page] = {
    "unknown-ignore": Page(
        _W,
        "An ignore comment without a known code.",
        "Write `# deckgen: ignore[code]` with a code that `deckgen explain` lists.",
    ),
    "unknown-rule": Page(
        _W,
        "A setting for a rule that does not exist.",
        "`rules` in deck.yaml takes the codes that `deckgen explain` lists as rules.",
    ),
    "unused-ignore": Page(
        _W,
        "An ignore comment that ignores nothing.",
        "It counts on the line where the text, its key or its entry begins, and errors that are no rules cannot "
        "be ignored. Take it out: it would hide a later mistake.",
    ),
}
