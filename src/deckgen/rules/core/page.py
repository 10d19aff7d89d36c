"""What is said of a code that is no rule."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.diagnostic import Severity


class Page(NamedTuple):
    """A code's severity, one line that says what it means, and what to know about it."""

    severity: Severity
    title: str
    body: str
