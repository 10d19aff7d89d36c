"""A simulated learner studies one release in real Anki and then imports the next.

    rehearsal = rehearse_chain([Path("1.0.apkg"), Path("1.1.apkg")], seed=1)
    rehearsal.broken  # how many promises did not hold

Needs the `anki` library, an extra: importing this package without it raises ImportError.
"""

from __future__ import annotations

from deckgen.rehearsal.chain import DAYS, rehearse_chain
from deckgen.rehearsal.report import Entry, Rehearsal, Run, Step
from deckgen.rehearsal.written import as_json, as_text

__all__ = ["DAYS", "Entry", "Rehearsal", "Run", "Step", "as_json", "as_text", "rehearse_chain"]
