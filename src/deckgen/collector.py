"""Memory of large decks: no search for cycles, and freed memory given back.

What the stages make holds no cycles worth collecting, and Python's cyclic garbage collector would walk through all of
it again and again: it costs half of the time of a large deck. What a stage leaves behind is freed in small pieces,
which the C library keeps for itself unless told otherwise.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator

MANY = 20_000
"""Notes from which on there is much to give back."""


def give_back(notes: int) -> None:
    """Return freed memory to the system, after a stage of a deck of so many notes; where the C library knows how."""
    if notes >= MANY and sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only large decks need it

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """No collection of cycles inside; reference counts free memory as ever."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
