"""The site as a folder: written whole, without touching what somebody else put there."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from deckgen.errors import UserError
from deckgen.files import write_whole
from deckgen.preview.site import Files

MARKER = ".deckgen-preview.json"
"""Says that a folder was made by the preview, and which files in it are the preview's."""
_SAID = "Made by `deckgen preview`, which replaces and removes the files listed here."


def write_site(files: Files, folder: Path) -> None:
    """Write a site; of what stands in the folder only files of an earlier site are replaced or removed.

    Raises `UserError` if the folder holds other things and no site, or cannot be written.
    """
    try:
        earlier = _earlier(folder)
        _write_marker(folder, {*files, *earlier})  # so that an interrupted run can be completed
        for path, data in files.items():
            write_whole(folder / path, data)
        _remove(folder, earlier - set(files))
        _write_marker(folder, files)
    except OSError as error:
        raise UserError(f"the preview cannot be written to {folder}: {error.strerror or error}") from error


def _earlier(folder: Path) -> set[str]:
    """The files of the site that is there. Raises `UserError` for a folder that is not the preview's."""
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file; choose a folder for the preview with -o")
    marker = folder / MARKER
    if not marker.is_file():
        if folder.is_dir() and any(folder.iterdir()):
            raise UserError(f"{folder} holds files that are not of a preview; choose another folder with -o")
        return set()
    try:
        listed = json.loads(marker.read_text(encoding="utf-8"))["files"]
    except (ValueError, KeyError, TypeError):
        raise UserError(f"{marker} cannot be read; delete {folder} or choose another folder with -o") from None
    return {path for path in listed if isinstance(path, str) and _is_inside(path)}


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path and ":" not in path


def _write_marker(folder: Path, files: Iterable[str]) -> None:
    text = json.dumps({"about": _SAID, "files": sorted(files)}, ensure_ascii=False, indent=1) + "\n"
    write_whole(folder / MARKER, text.encode("utf-8", "surrogateescape"))


def _remove(folder: Path, stale: Iterable[str]) -> None:
    root = folder.resolve()
    for path in stale:
        target = folder / path
        if not target.parent.resolve().is_relative_to(root):
            continue  # somebody put a link there
        target.unlink(missing_ok=True)
        for parent in target.relative_to(folder).parents:
            if parent != Path():
                with contextlib.suppress(OSError):  # it is not empty
                    (folder / parent).rmdir()
