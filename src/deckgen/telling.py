"""What a command does, told while it does it: a line for each stage, with its seconds since the line before.

Stages say what they did to the bar that they are given. One that is drawn passes over it; this one writes it down and
draws nothing. Nothing comes back from here, so that what a command does cannot depend on whether it is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from deckgen.bar import Bar
from deckgen.render.text import one_line


class Telling(Bar):
    """Writes what is done to a stream. ``clock`` gives seconds; it starts with the telling."""

    def __init__(self, out: TextIO, clock: Callable[[], float]) -> None:
        super().__init__()
        self._out, self._now = out, clock
        self._first = self._last = clock()
        self._about, self._said = "", False

    def about(self, part: str = "") -> None:
        """Lines that follow begin with this, or with nothing."""
        self._about = f"{part}: " if part else ""

    def did(self, what: str) -> None:
        """Write what was done since the line before."""
        now = self._now()
        self._out.write(f"{one_line(self._about + what)} ({now - self._last:.3f} s)\n")
        self._out.flush()
        self._last, self._said = now, True

    def total(self) -> None:
        """Write how long all of it took, if anything was done."""
        if self._said:
            self._out.write(f"total: {self._now() - self._first:.3f} s\n")
