"""`deckgen schema`: JSON Schemas of the bank files, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from deckgen.errors import UserError
from deckgen.files import write_whole
from deckgen.schema import FILES, file_name, schema_text


def run(name: str | None, folder: Path | None, *, check: bool, out: TextIO, err: TextIO) -> int:
    """Print one schema, or write all to a folder. ``check``: only say which are not up to date, and return 1."""
    if (name is None) == (folder is None):
        raise UserError(f"name a file to print its schema ({', '.join(FILES)}), or a folder to write all to: -o DIR")
    if name is not None:
        out.write(schema_text(name))
        return 0
    assert folder is not None
    stale = 0
    for each in FILES:
        path, data = folder / file_name(each), schema_text(each).encode()
        if not check:
            out.write(f"{path.as_posix()}{'' if write_whole(path, data) else ', unchanged'}\n")
        elif not path.is_file() or path.read_bytes() != data:
            stale += 1
            err.write(f"{path.as_posix()} is not up to date\n")
    if stale:
        err.write(f"run `deckgen schema -o {folder.as_posix()}` and commit the result\n")
    return 1 if stale else 0
