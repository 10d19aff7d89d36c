"""A run with nothing changed repeats the last one; a run with anything changed does not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from decks import START, deckgen, write_deck

BANK = """\
topic: Torts
sources: [code#1]
questions:
  - id: mens-rea
    question: What is mens rea?
    answer: A guilty mind
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    write_deck(tmp_path, {"torts.yaml": BANK})
    assert deckgen(tmp_path, "build", epoch=START).code == 0
    return tmp_path


def is_repeated(root: Path, *arguments: str) -> bool:
    """Whether a command ends without reading the banks."""
    code = (
        "import sys\nfrom deckgen.cli import cli\n"
        "try:\n    cli(sys.argv[1:])\n"
        "finally:\n    print('read' if 'deckgen.deckbuild' in sys.modules else 'repeated')\n"
    )
    environ = {**os.environ, "SOURCE_DATE_EPOCH": str(START)}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.endswith("repeated\n")


def test_nothing_changed_reads_nothing_and_says_so(root: Path) -> None:
    assert is_repeated(root, "build")
    done = deckgen(root, "build", epoch=START)
    assert done.out == "dist/law.apkg: 1 notes, 1 cards, unchanged\n"


@pytest.mark.parametrize("option", ["--locked", "--check", "--recloze"])
def test_gates_and_new_choices_never_go_by_memory(root: Path, option: str) -> None:
    assert not is_repeated(root, "build", option)


def edited(root: Path) -> None:
    path = root / "cards" / "law" / "torts.yaml"
    path.write_text(path.read_text().replace("guilty", "wicked"))


def new_file(root: Path) -> None:
    (root / "cards" / "law" / "extra.yaml").write_text(BANK.replace("mens-rea", "other").replace("Torts", "Other"))


def new_media(root: Path) -> None:
    (root / "cards" / "law" / "media").mkdir()


def package_gone(root: Path) -> None:
    (root / "dist" / "law.apkg").unlink()


def package_changed(root: Path) -> None:
    (root / "dist" / "law.apkg").write_bytes(b"something else")


def lock_changed(root: Path) -> None:
    path = root / "cards" / "law" / "deck.lock"
    path.write_text(path.read_text().replace("\n", "\n\n", 1))


def cache_gone(root: Path) -> None:
    for path in (root / ".deckgen-cache").iterdir():
        path.unlink()


def cache_damaged(root: Path) -> None:
    for path in (root / ".deckgen-cache").iterdir():
        path.write_bytes(path.read_bytes().replace(b"unchanged", b"UNCHANGED"))


def key_changed(root: Path) -> None:
    (root / "home" / ".cache" / "deckgen" / "key").write_bytes(b"0" * 32)


CHANGES = [
    edited,
    new_file,
    new_media,
    package_gone,
    package_changed,
    lock_changed,
    cache_gone,
    cache_damaged,
    key_changed,
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_the_build_is_made_anew_and_right(root: Path, change: Callable[[Path], None]) -> None:
    change(root)
    assert not is_repeated(root, "build")
    assert deckgen(root, "build", "--locked", "--check", epoch=START).code == 0
    assert is_repeated(root, "build")


def test_check_repeats_what_it_said(root: Path) -> None:
    path = root / "cards" / "law" / "torts.yaml"
    path.write_text(path.read_text().replace("[code#1]", "[unknown]"))
    first = deckgen(root, "check", epoch=START)
    assert (first.code, deckgen(root, "check", epoch=START)) == (1, first)
    assert deckgen(root, "check", "--format", "json", epoch=START).out.startswith("{")
    path.write_text(BANK)
    assert deckgen(root, "check", epoch=START).code == 0
    assert is_repeated(root, "check")
    assert not is_repeated(root, "check", "--strict")


def test_dates_come_due_although_nothing_changed(root: Path) -> None:
    path = root / "cards" / "law" / "torts.yaml"
    path.write_text(path.read_text() + "    review_by: 2023-11-16\n")
    assert "review-due" not in deckgen(root, "check", epoch=START).out
    assert "review-due" in deckgen(root, "check", epoch=START + 10 * 86400).out
