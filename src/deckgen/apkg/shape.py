"""Take values of unknown type for what they should be, or say where they are not."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from deckgen.apkg.errors import PackageError

if TYPE_CHECKING:
    from pathlib import Path

MAX_MEMORY = 320 << 20
MAX_JSON = 32 << 20
MAX_JSON_VALUES = 2_000_000


class Shape:
    """Checks on values from one package; each raises PackageError that names the place."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._memory = 0

    def spend(self, count: int) -> None:
        """Count bytes of memory that content takes, and refuse a package that wants too many."""
        self._memory += count
        if self._memory > MAX_MEMORY:
            raise self.fail(f"the collection takes more than {MAX_MEMORY >> 20} MiB of memory")

    def fail(self, message: str) -> PackageError:
        """The error to raise for this package."""
        return PackageError(f"{self._path}: {message}")

    def integer(self, value: object, where: str, default: int | None = None) -> int:
        """A whole number, also one that was written as a float or as text of digits."""
        if value is None and default is not None:
            return default
        if isinstance(value, float) and math.isfinite(value):
            return int(value)
        if isinstance(value, str) and len(value) < 20:
            try:
                return int(value)
            except ValueError:
                pass
        if not isinstance(value, int):
            raise self.fail(f"{where} is not a whole number")
        return int(value)

    def text(self, value: object, where: str) -> str:
        """Text."""
        if not isinstance(value, str):
            raise self.fail(f"{where} is not text")
        return value

    def mapping(self, value: object, where: str) -> dict[str, object]:
        """A JSON object."""
        if not isinstance(value, dict):
            raise self.fail(f"{where} is not a mapping")
        return value

    def items(self, value: object, where: str) -> list[dict[str, object]]:
        """A JSON array of objects."""
        if not isinstance(value, list):
            raise self.fail(f"{where} is not a list")
        return [self.mapping(item, where) for item in value]

    def json(self, value: object, where: str) -> object:
        """JSON text, within limits of size, number of values and depth."""
        text = self.text(value, where)
        values = text.count(",") + text.count("[") + text.count("{")
        if len(text) > MAX_JSON or values > MAX_JSON_VALUES:
            raise self.fail(f"{where} is larger than any that Anki makes")
        try:
            found: object = json.loads(text)
            if "\\ud" in text.lower():
                json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is no text
        except (ValueError, RecursionError) as error:
            raise self.fail(f"{where} is not sound JSON: {error}") from error
        return found
