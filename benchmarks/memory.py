"""The peak of memory of a process together with its children, what they share counted once."""

from __future__ import annotations

import contextlib
import re
import threading
from pathlib import Path

EVERY = 0.05
"""Seconds between two looks."""
_SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class Peak:
    """Looks at a process from its start until `stop`, which gives the peak in MB, 0 where the system tells nothing."""

    def __init__(self, process: int) -> None:
        self._process, self._most = process, 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._done.set()
        self._thread.join()
        return self._most / 1024

    def _watch(self) -> None:
        while not self._done.wait(EVERY):
            self._most = max(self._most, sum(map(_share, _family(self._process))))


def _family(process: int) -> list[int]:
    found = [process]
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            found += _family(int(child))
    return found


def _share(process: int) -> int:
    with contextlib.suppress(OSError):
        found = _SHARE.search(Path(f"/proc/{process}/smaps_rollup").read_text())
        return int(found[1]) if found else 0
    return 0
