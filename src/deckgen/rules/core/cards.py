"""Codes of texts of which no sound card can be made."""

from __future__ import annotations

from deckgen.diagnostic import Severity
from deckgen.rules.core.page import Page

_E = Severity.ERROR

CARDS: dict[str, Page] = {
    "cloze-syntax": Page(
        _E,
        "A cloze deletion that Anki would not understand.",
        "Write `{{c1::text}}` or `{{c1::text::hint}}`, with numbers from 1 to 500, closed, not empty, and not "
        "inside a formula or code.",
    ),
    "formula": Page(
        _E,
        "A formula that holds its own delimiter.",
        "A MathJax delimiter inside the formula would end it. Leave it out.",
    ),
    "hide-not-found": Page(
        _E,
        "A text to hide that is not in the fact.",
        "Copy it as it stands in the fact.",
    ),
    "hint-not-found": Page(
        _E,
        "A hint for a text that is not in the fact.",
        "Copy the text as it stands in the fact.",
    ),
    "keep-not-found": Page(
        _E,
        "A text to keep that is not in the fact.",
        "Copy it as it stands in the fact.",
    ),
    "nothing-to-hide": Page(
        _E,
        "A fact in which nothing is worth asking.",
        "Name what to hide with `hide`, or write `{{c1::text}}` yourself.",
    ),
    "unsafe-link": Page(
        _E,
        "A link that must not stand on a card.",
        "Links begin with https://, http:// or mailto:. Others could run a script or open a file on a learner's "
        "machine.",
    ),
}
