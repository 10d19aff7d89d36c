"""Small decks written as one text, and what the rules say of them.

A line such as ``# glossary.yaml`` begins another file of the deck; ``# media/heart.png`` makes a picture, with the size
behind it if one is given. A topic that names no sources cites a book, so that only the rule at hand has something to
say.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from deckgen.deckbuild import check_deck
from deckgen.diagnostic import Diagnostic

TODAY = datetime.date(2026, 6, 1)
NOW = int(datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC).timestamp())
DECK = "id: test\nname: Test\nlicense: CC0-1.0\n"
SOURCES = "book: {title: A handbook, kind: review, date: 2024}\n"
_FILE = re.compile(r"^# ([\w./-]+\.(?:yaml|png|jpg|svg|mp3|license|tsv))(?: (\d+))?$", re.MULTILINE)
_EXPECT = re.compile(r"#\s*expect: ([a-z-]+(?:, [a-z-]+)*)")
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55")


def files_of(text: str) -> dict[str, str | bytes]:
    """The files that a text describes; every topic keeps its line numbers."""
    marks = list(_FILE.finditer(text))
    files: dict[str, str | bytes] = {"deck.yaml": DECK, "sources.yaml": SOURCES}
    if not marks or text[: marks[0].start()].strip():
        files["topic.yaml"] = topic(text[: marks[0].start() if marks else len(text)])
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        body = "\n" * text.count("\n", 0, mark.start()) + text[mark.start() : end]
        name = mark[1]
        if name.endswith(".tsv"):
            files[name] = text[mark.end() + 1 : end]
        elif not name.endswith(".yaml"):
            size = int(mark[2] or 100)
            files[name] = b"SPDX-License-Identifier: CC0-1.0\n" if name.endswith("license") else PNG.ljust(size, b"\0")
        elif name in ("deck.yaml", "sources.yaml"):
            files[name] = body + (DECK if name == "deck.yaml" else SOURCES)
        else:
            files[name] = body if name == "glossary.yaml" else topic(body)
    return files


def topic(text: str) -> str:
    """A topic as it stands, with a name and a source behind it where it has none."""
    if re.search(r"^topic:", text, re.MULTILINE):
        return text
    return f"{text.rstrip()}\ntopic: Test\nsources: [book#p. 3]\n"


def check(folder: Path, text: str, *, rules: str = "") -> tuple[Diagnostic, ...]:
    """What deckgen says of the deck that a text describes. ``rules`` are settings such as ``code: warning``."""
    files = files_of(text)
    if rules:
        files["deck.yaml"] = f"{files['deck.yaml']}rules: {{{rules}}}\n"  # type: ignore[str-bytes-safe]
    for name, body in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body if isinstance(body, bytes) else body.encode())
    found = check_deck(folder, "cards/test", NOW).diagnostics
    assert check_deck(folder, "cards/test", NOW, notes_wanted=False).diagnostics == found, "the same file by file"
    return found


def expected(text: str) -> list[tuple[int, str]]:
    """Line and code of every ``# expect: code`` comment, which stands on the line of the diagnostic."""
    return sorted(_expected(text))


def _expected(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        found = _EXPECT.search(line)
        if found is not None:
            yield from ((number, code) for code in found[1].split(", "))


def places(found: tuple[Diagnostic, ...]) -> list[tuple[int, str]]:
    """Line and code of every diagnostic."""
    return sorted((item.span.source.place(item.span.start)[0], item.code) for item in found)
