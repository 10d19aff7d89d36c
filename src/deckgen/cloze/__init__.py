"""Automatic cloze: which words of a plain fact to hide, each with a reason.

`Engine(context).choose(text)` is all a caller needs. The choice depends on the arguments alone: no clock,
no locale, no hash seed, no network.
"""

from __future__ import annotations

from deckgen.cloze.engine import Engine
from deckgen.cloze.types import Blank, Candidate, Choice, Context, Reason, Term

__all__ = ["Blank", "Candidate", "Choice", "Context", "Engine", "Reason", "Term"]
