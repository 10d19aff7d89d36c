"""What the last run of a command said, so that a run with nothing changed repeats it and does nothing else.

A run is known by this deckgen, its options, the day, and every byte of the deck's folders and of the packages in
place. The state is taken before the banks are read and again afterwards: what changed in between is not kept.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deckgen import __version__
from deckgen.cache import Cache, digest_of, program, state

FORMAT = 1
"""Raised when what is kept changes its shape, so that an older program's memory is not found."""
_DAY = 86400
NOTHING: Mapping[Path, bytes] = {}


@dataclass(frozen=True, slots=True)
class Said:
    """The exit code of a run and what it wrote."""

    code: int
    out: str
    err: str = ""


class Memory:
    """The memory of one command with its options over some decks.

    ``folders`` are the decks; ``outputs`` the files that a run leaves behind beside their locks. ``now`` is in seconds
    since 1970; rules go by its day.
    """

    def __init__(
        self, cache: Cache, asked: Sequence[object], folders: Sequence[Path], outputs: Sequence[Path], now: int
    ) -> None:
        self._cache, self._folders, self._outputs, self._now = cache, folders, outputs, now
        wanted = json.dumps([[str(item) for item in part] for part in (asked, folders, outputs)])
        self._name = hashlib.blake2b(f"{FORMAT} {wanted}".encode(), digest_size=12).hexdigest()
        self._run = [program(__version__), sys.version, wanted, now // _DAY]
        self._before = self._state()

    @property
    def cache(self) -> Cache:
        """The cache that the memory lies in."""
        return self._cache

    def recall(self) -> Said | None:
        """What the same run said before, if nothing has changed since."""
        kept = self._cache.get(self._name)
        if kept is None:
            return None
        run, before, now, *said = json.loads(kept)
        return Said(*said) if run == self._run and before == self._before and now <= self._now else None

    def keep(self, said: Said, written: Mapping[Path, bytes] = NOTHING) -> None:
        """Remember what a run said that is now at its end, and that it left the files ``written`` with that content.

        Nothing is kept if anything else changed in the meantime, or if another run has written the same files.
        """
        expected = self._before | {str(path): hashlib.blake2b(data).hexdigest() for path, data in written.items()}
        if self._state() == expected:
            value = (self._run, expected, self._now, said.code, said.out, said.err)
            self._cache.put(self._name, json.dumps(value).encode())

    def _state(self) -> dict[str, str]:
        found = {str(folder / name): digest for folder in self._folders for name, digest in state(folder).items()}
        return found | {str(path): digest_of(path) for path in self._outputs}
