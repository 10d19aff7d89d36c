"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import fcntl

_MARK = ".deckgen-"
_TRIES = 5
_HOLDS = sys.platform != "win32"
"""Whether a file can be replaced while it is open. Where it cannot, one that is open cannot be deleted either."""


def write_whole(path: Path, data: bytes) -> bool:
    """Put ``data`` in place of a file in one step; False, and nothing touched, if it holds just that already.

    A reader, or somebody who interrupts, finds the old file or the new one. What an earlier run left behind when
    it was killed is removed.
    """
    with contextlib.suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(_TRIES):
        with contextlib.suppress(FileNotFoundError):  # another run took the new file for a stale one
            return _replaced(path, data)
    return _replaced(path, data)


def _replaced(path: Path, data: bytes) -> bool:
    for stale in path.parent.glob(f"{_MARK}*-{path.name}"):
        with contextlib.suppress(OSError), stale.open("rb") as file:
            _hold(file)
            stale.unlink()
    temporary = path.with_name(f"{_MARK}{secrets.token_hex(6)}-{path.name}")
    try:
        with temporary.open("xb") as file:
            with contextlib.suppress(OSError):
                _hold(file)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if _HOLDS:
                temporary.replace(path)
        if not _HOLDS:
            temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def _hold(file: IO[bytes]) -> None:
    """Mark a file as being written by this run. Raises OSError if another run that is alive does so."""
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
