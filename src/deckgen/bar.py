"""A bar on the terminal for whatever takes longer than a second; nothing in a pipe, nothing for what is quick."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

AFTER = 1.0
"""Seconds of a run before anything is shown."""
EVERY = 0.1
"""Seconds between two drawings."""
_WIDTH = 30


class Bar:
    """How far a run has come, stage by stage, on one line that is taken away at the end.

    ``clock`` gives seconds. Without a stream nothing is ever shown.
    """

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = lambda: 0.0) -> None:
        self._stream, self._clock = stream, clock
        self._next = clock() + AFTER
        self._what, self._total, self._done = "", 0, 0
        self._drawn = False

    def begin(self, what: str, total: int) -> None:
        """A stage of so many steps begins."""
        self._what, self._total, self._done = what, total, 0
        self.step(0)

    def step(self, steps: int = 1) -> None:
        """So many steps of the stage are done."""
        self._done += steps
        if self._stream is None or (now := self._clock()) < self._next:
            return
        self._next = now + EVERY
        share = min(1.0, self._done / self._total) if self._total else 0.0
        full = round(share * _WIDTH)
        self._stream.write(f"\r{self._what:<12} [{'#' * full}{'-' * (_WIDTH - full)}] {share:4.0%}")
        self._stream.flush()
        self._drawn = True

    def about(self, part: str = "") -> None:
        """What follows is about this deck or other part of the run, or about all of it; a bar passes over it."""

    def did(self, what: str) -> None:
        """A stage has done this; a bar passes over it."""

    def end(self) -> None:
        """Take the line away."""
        if self._drawn and self._stream is not None:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False


NO_BAR = Bar()
