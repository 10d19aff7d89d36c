"""The files of a deck's folder, read as text: the first stage. Nothing outside the folder is ever read."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.source import Source

MEDIA_FOLDER = "media"
MAX_BYTES = 64 * 1024 * 1024
"""Largest bank file that is read."""


def bank_files(folder: Path, shown: str, found: list[Diagnostic]) -> list[str]:
    """Names of the bank files of a deck, in a fixed order whatever the folder says."""
    names = []
    for name in sorted(os.listdir(folder)):
        path = folder / name
        if leads_out(path, folder) and not name.endswith(".yaml"):
            message = f"{name} is a link to something outside the deck"
            found.append(about_file(f"{shown}/{name}", "outside-deck", message, "copy it here"))
            continue
        if name.startswith("."):
            continue
        if path.is_dir():
            passed_by = name == MEDIA_FOLDER or path.is_symlink()
            lost = None if passed_by else min(path.rglob("*.y*ml"), default=None)
            if lost is not None:
                place = lost.relative_to(folder).as_posix()
                message = f"{place} is not read: bank files stand beside deck.yaml"
                advice = f"move the files of the folder {name} to {shown}, one file for each topic"
                found.append(about_file(f"{shown}/{place}", "in-subfolder", message, advice))
            continue
        if name.endswith(".yml"):
            message = f"{name} is not read: bank files end in .yaml"
            found.append(about_file(f"{shown}/{name}", "file-ending", message, f"rename it to {name[:-4]}.yaml"))
        elif name.endswith(".yaml"):
            names.append(name)
    return names


def about_file(path: str, code: str, message: str, advice: str, text: str = "", offset: int = 0) -> Diagnostic:
    """An error about a file as a whole, or about one place in it."""
    source = Source(path, text)
    return Diagnostic(code, Severity.ERROR, message, source.span(offset, min(offset + 1, len(text))), help=advice)


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path is a link to something outside a folder, whose content must never show in a message."""
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def read_file(folder: Path, name: str, shown: str, found: list[Diagnostic]) -> Source | None:
    """The text of one bank file; None after reporting why it cannot be read."""
    path, label = folder / name, f"{shown}/{name}"
    if leads_out(path, folder):
        found.append(
            about_file(label, "outside-deck", f"{name} is a link to a file outside the deck", "copy the file here")
        )
        return None
    try:
        if not path.is_file():
            found.append(about_file(label, "unreadable", f"{name} is not a regular file", "replace it by a text file"))
            return None
        if path.stat().st_size > MAX_BYTES:
            found.append(
                about_file(label, "too-large", f"{name} is larger than {MAX_BYTES >> 20} MiB", "split the file")
            )
            return None
        data = path.read_bytes()
    except OSError as error:
        found.append(
            about_file(label, "unreadable", f"{name} cannot be read: {error.strerror}", "check its permissions")
        )
        return None
    try:
        return Source(label, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8", "replace")
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        advice = "it looks like UTF-16: save it as UTF-8" if wide else "save the file as UTF-8"
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        found.append(about_file(label, "not-utf8", message, advice, good + "\ufffd", len(good.removeprefix("\ufeff"))))
        return None


def media_files(folder: Path, shown: str, found: list[Diagnostic]) -> dict[str, Path]:
    """The plain files of the media folder by name, in the Unicode form that texts have."""
    media = folder / MEDIA_FOLDER
    if not media.is_dir():
        return {}
    if media.is_symlink():
        found.append(
            about_file(f"{shown}/{MEDIA_FOLDER}", "outside-deck", "the media folder is a link", "make it a folder")
        )
        return {}
    files = {}
    for name in sorted(os.listdir(media)):
        path = media / name
        if name.startswith("."):
            continue
        if path.is_symlink() or not path.is_file():
            label = f"{shown}/{MEDIA_FOLDER}/{name}"
            found.append(about_file(label, "outside-deck", f"{name} is a link or a folder", "put a plain file here"))
            continue
        files[unicodedata.normalize("NFC", name)] = path
    return files
