"""Decks made for tests: files in a temporary folder, and the real command run on them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from deckgen.cli import cli

DECK = "id: law\nname: Law\nversion: 1.0.0\n"
SOURCES = "code: {title: Civil Code, date: 2020}\n"
START = 1_700_000_000
"""When the first build of a test takes place, in seconds since 1970."""


def write_deck(root: Path, files: Mapping[str, str | bytes], name: str = "law") -> Path:
    """Write a deck below ``root``/cards; deck.yaml and sources.yaml are there unless given."""
    folder = root / "cards" / name
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in {"deck.yaml": DECK, "sources.yaml": SOURCES, **files}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@dataclass(frozen=True)
class Run:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


def deckgen(root: Path, *arguments: str, epoch: int | None = None) -> Run:
    """Run the command in a folder, as a user would; a traceback fails the test."""
    before = Path.cwd()
    env = {"SOURCE_DATE_EPOCH": None if epoch is None else str(epoch), "NO_COLOR": "1"}
    os.chdir(root)
    try:
        result: Result = CliRunner().invoke(cli, list(arguments), env=env)
    finally:
        os.chdir(before)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(result.exit_code, result.stdout, result.stderr)


def diagnostics(root: Path) -> list[dict[str, Any]]:
    """What `deckgen check` says as data."""
    return list(json.loads(deckgen(root, "check", "--format", "json").out)["diagnostics"])


def errors(root: Path) -> list[tuple[str, int, int]]:
    """Code, line and column of every error."""
    return [(d["code"], d["line"], d["column"]) for d in diagnostics(root) if d["severity"] == "error"]


def lock_lines(folder: Path) -> dict[str, dict[str, Any]]:
    """The lines of a lock that speak of notes, by entry id."""
    lines = [json.loads(line) for line in (folder / "deck.lock").read_text(encoding="utf-8").splitlines()]
    return {line["note"]: line for line in lines if "note" in line}
