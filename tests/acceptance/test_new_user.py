"""A new user's first hour: from an empty folder to a deck in Anki, an edit, and the deck in Anki again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from anki_lab import cards, collection, import_package
from decks import deckgen

NOW = 1_780_000_000


@pytest.fixture
def clock(monkeypatch):
    """Lets time pass between two builds."""

    def at(seconds: int) -> None:
        monkeypatch.setattr("time.time", lambda: float(NOW + seconds))

    at(0)
    return at


def _run(folder: Path, *arguments: str) -> str:
    done = deckgen(folder, *arguments)
    assert done.code == 0, done
    return done.out


def test_init_new_check_preview_build_import_edit_rebuild_diff(tmp_path, clock):
    root = tmp_path / "solar-system"
    assert "Next:" in _run(tmp_path, "init", "solar-system", "--name", "Solar system", "--topic", "Planets")
    source = (
        "--source",
        "nasa-mars#moons",
        "--source-title",
        "Mars facts",
        "--source-url",
        "https://science.nasa.gov/mars/",
    )
    fact = ("--fact", "Mars has two moons, Phobos and Deimos.", "--hide", "Phobos", "--hide", "Deimos", "--id", "moons")
    _run(root, "new", "--topic", "planets", *fact, *source)
    _run(root, "new", "--topic", "planets", "--question", "Which planet is red?", "--answer", "Mars", *source[:2])
    assert _run(root, "check", "--strict").endswith("4 entries checked: no errors, no warnings\n")
    _run(root, "preview", "--quiet")
    assert (root / "preview" / "index.html").is_file()
    assert "4 notes" in _run(root, "build")
    package = root / "dist" / "solar-system.apkg"
    first = package.read_bytes()
    with collection() as col:
        import_package(col, package)
        shown = {card.front: card.back for card in cards(col) if card.entry == "moons"}
        assert len(shown) == 2
        assert any("Deimos" in back and "Mars facts" in back for back in shown.values())
        before = set(col.find_cards(""))
        clock(3600)
        bank = root / "cards" / "solar-system" / "planets.yaml"
        bank.write_text(bank.read_text().replace("Which planet is red?", "Which planet looks red?"))
        _run(root, "build")
        import_package(col, package)
        assert set(col.find_cards("")) == before
        assert len(col.find_notes('"Which planet looks red?"')) == 1
    (tmp_path / "old.apkg").write_bytes(first)
    assert "Reworded: 1" in _run(root, "diff", str(tmp_path / "old.apkg"), str(package))


def test_nothing_is_written_but_what_was_asked_for(tmp_path, clock):
    root = tmp_path / "deck"
    _run(tmp_path, "init", "deck")
    before = _tree(root)
    for arguments in (
        ("check",),
        ("new", "--topic", "basics", "--question", "q", "--answer", "a", "--source", "this-deck#1", "--dry-run"),
        ("schema", "topic"),
        ("schema", "--check", "-o", "schema"),
        ("completion", "bash"),
        ("fmt", "--check"),
    ):
        _run(root, *arguments)
    assert _tree(root) == before


def _tree(root: Path) -> dict[str, bytes]:
    """What stands in a folder, without what deckgen remembers for itself."""
    files = [path for path in root.rglob("*") if path.is_file() and ".deckgen-cache" not in path.parts]
    return {os.path.relpath(path, root): path.read_bytes() for path in files}
