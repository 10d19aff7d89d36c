"""A blank with almost nothing around it.

Why: what is left on the front must lead to one answer. Two words rarely do.

Bad:

    facts:
      - id: fox
        fact: "{{c1::Foxes}} hunt {{c2::mice}}."

Good:

    facts:
      - id: fox
        fact: Foxes hunt {{c1::mice}} by listening for them under the snow.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.bank import Kind
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.words import count

CODE = "little-context"
SEVERITY = Severity.WARNING
SCOPE = "file"
FEWEST = 3


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Blanks that leave fewer than three words on the front."""
    for item in deck.kind(Kind.FACT):
        front = item.front
        if len(front.plain) > 60 or "\ufffc" in front.prose:
            continue
        words = deck.count(front)
        for blank in item.blanks:
            left = words - sum(count(part) for part in blank.texts)
            if left < FEWEST and not _EAST.search(front.plain):
                at = int(blank.places[0])
                yield front.report(
                    CODE,
                    f"only {left} {'word is' if left == 1 else 'words are'} left when this blank is asked",
                    "say more about it, or hide something else with `hide`",
                    at,
                    at + len(blank.texts[0]),
                )
                break


_EAST = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Scripts that write no spaces between words."""
