"""What a package holds and what is wrong with it, found without Anki.

    inspection = inspect_package(read_package(path), now=int(time.time()))

The faults are those that Anki takes without a word, or refuses without saying where they are.
"""

from __future__ import annotations

from deckgen.inspection.fault import Fault
from deckgen.inspection.report import Inspection, inspect_package
from deckgen.inspection.written import as_json, as_text

__all__ = ["Fault", "Inspection", "as_json", "as_text", "inspect_package"]
