"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

_MARK = ".deckgen-"


def write_whole(path: Path, data: bytes) -> bool:
    """Put ``data`` in place of a file in one step; False, and nothing touched, if it holds just that already.

    A reader, or somebody who interrupts, finds the old file or the new one. What an earlier run left behind when
    it was killed is removed.
    """
    with contextlib.suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    for stale in path.parent.glob(f"{_MARK}*-{path.name}"):
        stale.unlink(missing_ok=True)
    temporary = path.with_name(f"{_MARK}{secrets.token_hex(6)}-{path.name}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True
