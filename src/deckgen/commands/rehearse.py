"""`deckgen rehearse OLD.apkg NEW.apkg`: what a learner who studied OLD keeps when NEW comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from deckgen.bar import NO_BAR, Bar
from deckgen.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


def run(
    old: Path,
    new: Path,
    *,
    seed: int,
    days: int,
    scheduler: str,
    format: str,  # noqa: A002
    out: TextIO,
    colour: bool,
    bar: Bar = NO_BAR,
) -> int:
    """Write the report of a rehearsal to `out`. 0: every promise to the learner is kept, 1: some are broken.

    Raises UserError if a package cannot be read or imported, or if the `anki` library is missing.
    """
    try:
        from deckgen import rehearsal  # noqa: PLC0415 (it needs a library that is an extra)
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "anki":
            raise
        raise UserError("a rehearsal runs in real Anki, whose library is missing: pip install anki") from error
    found = rehearsal.rehearse_chain((old, new), seed=seed, days=days, scheduler=scheduler, bar=bar)
    out.write(rehearsal.as_json(found) if format == "json" else rehearsal.as_text(found, colour=colour))
    return 1 if found.broken else 0
