"""Sites made for tests: a deck of every kind of entry, and what the data scripts of a site hold."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from decks import Run, deckgen, write_deck

TAKE = re.compile(r'deckgen\.take\("([^"]+)",(.*)\);\n', re.DOTALL)
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)
ROME = """topic: Rome
tags: [rome]
sources: [code#book 1]
facts:
  - id: founding
    fact: Rome was founded in 753 BC on the Palatine.
    hide: [753 BC]
    hints: {753 BC: year}
    explanation: So Varro says.
  - id: fall
    fact: The last {{c1::emperor}} was deposed in {{c2::476}}.
    tags: [tier::essential]
    region: EU
    as_of: 2020-01
questions:
  - {id: first-king, question: Who was the first king?, answer: Romulus, reverse: true}
  - {id: river, question: Which river?, answer: Tiber, typed: true, image: {file: river.png, alt: A river}}
  - {id: hills, question: How many hills?, answer: Seven, distractors: [Six, {text: Nine, why: That is Moscow.}]}
  - {id: kings, question: Put the kings in order., steps: [Romulus, Numa, Tullus, Ancus]}
  - id: offices
    question: What did it need?
    needs: [kings]
    columns: [Age, Term]
    rows: {consul: ["42", 1 year], praetor: ["39", ""]}
  - {id: area, question: What is the area of a circle?, answer: "It is $\\\\pi r^2$."}
  - {id: old, question: Who was the last king?, answer: Tarquin, withdrawn: {on: 2024-01-01, reason: Legend}}
"""
GREECE = f"""topic: Greece
questions:
  - id: hostile
    question: "{HOSTILE} 2 < 3?"
    answer: "{HOSTILE}"
    sources: [code]
  - {{id: accents, question: Who was Ὅμηρος?, answer: Café owner}}
"""
FILES: Mapping[str, str | bytes] = {"rome.yaml": ROME, "greece.yaml": GREECE, "media/river.png": PIXEL}


def make_deck(root: Path, files: Mapping[str, str | bytes] = FILES, name: str = "law") -> Path:
    """A deck with an entry of every kind."""
    return write_deck(root, files, name)


def preview(root: Path, *arguments: str) -> Run:
    """Run `deckgen preview` in a folder."""
    return deckgen(root, "preview", *arguments)


def files_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def taken(path: Path) -> Any:
    """The value that a data script hands over."""
    match = TAKE.fullmatch(path.read_text(encoding="utf-8"))
    assert match is not None
    return json.loads(match[2])


def entries(site: Path) -> dict[str, dict[str, Any]]:
    """The entries of a deck's site by id."""
    found = [entry for path in sorted((site / "data").glob("entries-*.js")) for entry in taken(path)]
    return {entry["id"]: entry for entry in found}
