"""Python's cyclic garbage collector, paused while a deck is read and built.

What the stages make holds no cycles worth collecting, and the collector would walk through all of it again and
again: it costs half of the time of a large deck.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


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
