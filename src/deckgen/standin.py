"""A stand-in for the package `cached_property` while genanki is imported.

That package imports asyncio, which takes longer than genanki and all else it needs: a seventh of the time of building
a deck of ordinary size. What genanki takes from it is in the standard library.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator
from types import ModuleType

_NAME = "cached_property"


@contextlib.contextmanager
def without_asyncio() -> Iterator[None]:
    """Whoever imports `cached_property` inside gets the standard library's; outside nothing is changed."""
    if _NAME in sys.modules:
        yield
        return
    stand_in = ModuleType(_NAME)
    stand_in.__dict__[_NAME] = functools.cached_property
    sys.modules[_NAME] = stand_in
    try:
        yield
    finally:
        del sys.modules[_NAME]
