"""What each fuzzer does with its input. A sound program comes back from every one without raising."""

from __future__ import annotations

import tempfile
from pathlib import Path

import deckgen.markdown  # noqa: F401 - imported when it is first needed, which is too late for the fuzzers to see into it
from deckgen.apkg import read_package
from deckgen.apkg.errors import PackageError
from deckgen.clozetext import Deletion, read_by_hand, read_field, with_deletions
from deckgen.diff import compare
from deckgen.errors import UserError
from deckgen.fmt import UnformattableError, formatted
from deckgen.inspection import as_json, as_text, inspect_package
from deckgen.lock import read as read_lock
from deckgen.lock import write as write_lock
from deckgen.markup import render, visible_text
from deckgen.media import MediaError, check_svg
from deckgen.nodes import parse
from deckgen.recover import lock_from
from deckgen.source import Source
from deckgen.states import read_state
from deckgen.topicloader import TopicLoader


def reader(text: str) -> None:
    """Parse, load and lay out a topic; spans lie in the file, and the layout is its own layout."""
    source = Source("cards/d/topic.yaml", text)
    _, found = parse(source)
    _, _, more, _ = TopicLoader(source, "topic").load()
    for item in (*found, *more):
        assert 0 <= item.span.start <= item.span.end <= len(text)
    try:
        once = formatted(source)
    except UnformattableError:
        return
    assert formatted(Source(source.path, once)) == once


def markup(text: str) -> None:
    """Fields show what their text says and hold nothing that Anki or a browser acts on."""
    for rich in (render(text), read_by_hand(text)[0]):
        assert "<script" not in rich.html.lower()
        assert "{{" not in rich.html
        assert "[[" not in rich.html
        assert visible_text(rich.html) == rich.text


def cloze(text: str, places: list[int]) -> None:
    """Deletions put into a text and read back hide what they hid."""
    rich = render(text)
    edges = sorted({place % (len(rich.text) + 1) for place in places})
    deletions = [
        Deletion(start, end, number)
        for number, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=False), 1)
        if "\n" not in rich.text[start:end] and not any(start < b and a < end for a, b in rich.atoms)
    ]
    plain, found = read_field(with_deletions(rich, deletions))
    assert visible_text(plain) == rich.text
    assert {item.number for item in found} <= {item.number for item in deletions}


def svg(data: bytes) -> None:
    """A picture is fine or refused."""
    try:
        check_svg(data)
    except MediaError:
        return


def package(data: bytes) -> None:
    """A package is read, reported on, and turned into a lock and a state to compare with, or refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.apkg"
        path.write_bytes(data)
        try:
            read = read_package(path)
            report = inspect_package(read, now=1_800_000_000)
        except PackageError:
            return
        assert as_json(report)
        assert "\x1b" not in as_text(report)
        try:
            write_lock(lock_from(read))
            compare(read_state(str(path), path, 0), read_state(str(path), path, 0))
        except UserError:
            return


def lock(text: str) -> None:
    """A lock is read or its faults are named."""
    read_lock(Source("deck.lock", text))
