"""`deckgen inspect X.apkg`: what a package holds and what is wrong with it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal, TextIO

from deckgen.apkg import read_package
from deckgen.inspection import as_json, as_text, inspect_package

if TYPE_CHECKING:
    from pathlib import Path


def run(path: Path, *, format: Literal["text", "json"], out: TextIO, colour: bool) -> int:  # noqa: A002
    """Write the report on the package at `path` to `out`. 0: no errors in it, 1: some.

    Raises PackageError, a UserError, if it cannot be read.
    """
    inspection = inspect_package(read_package(path), now=int(time.time()))
    out.write(as_json(inspection) if format == "json" else as_text(inspection, colour=colour))
    return 1 if inspection.errors else 0
