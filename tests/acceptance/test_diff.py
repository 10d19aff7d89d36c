"""`deckgen diff` on packages, folders and git revisions."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anki_lab import collection, import_package
from deckmodel import Author
from decks import START, deckgen, write_deck

BANK = """\
topic: Torts
sources: [code#1]
facts:
  - id: negligence
    fact: Negligence requires a duty of care, a breach within 14 days, causation and damage.
    hide: [duty of care, 14 days]
questions:
  - id: mens-rea
    question: What is mens rea?
    answer: A guilty mind
  - id: trial
    question: Steps of a trial?
    steps: [Pleading, Discovery, Judgment]
  - id: old
    question: What is gone?
    answer: This
  - id: told
    question: What is told?
    answer: That
"""
EDITED = (
    BANK.replace("14 days", "21 days")
    .replace("A guilty mind", "Intent")
    .replace("[Pleading, Discovery, Judgment]", "[Pleading, Motions, Judgment]")
    .replace("  - id: old\n", "  - id: old\n    withdrawn: {on: 2024-05-01, reason: Superseded}\n")
    .replace("    answer: That\n", "    answer: That\n    explanation: For a reason.\n")
    + "  - id: fresh\n    question: What is new?\n    answer: Everything\n"
)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder with old.apkg, new.apkg, and a git repository with the tags old and new."""
    for name, bank, minor in (("old", BANK, 0), ("new", EDITED, 3)):
        write_deck(tmp_path, {"deck.yaml": f"id: law\nname: Law\nversion: 1.{minor}.0\n", "torts.yaml": bank})
        assert deckgen(tmp_path, "build", epoch=START + minor).code == 0
        shutil.copy(tmp_path / "dist" / "law.apkg", tmp_path / f"{name}.apkg")
        for arguments in (["init", "-q"], ["add", "cards"], ["commit", "-qm", name], ["tag", name]):
            who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
            subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def report(root: Path, old: str, new: str) -> dict[str, Any]:
    done = deckgen(root, "diff", old, new, "--format", "json")
    assert done.code == 0, done.err
    value: dict[str, Any] = json.loads(done.out)
    return value


EXPECTED = {
    ("added", "fresh"),
    ("withdrawn", "old"),
    ("answer changed", "mens-rea"),
    ("reworded", "negligence"),
    ("reworded", "trial"),
    ("details", "told"),
}


@pytest.mark.parametrize(
    ("old", "new"), [("old.apkg", "new.apkg"), ("old", "new"), ("old", "cards"), ("old.apkg", "HEAD")]
)
def test_it_says_what_learners_will_see(two: Path, old: str, new: str) -> None:
    got = report(two, old, new)
    assert {(change["what"], change["id"]) for change in got["changes"]} == EXPECTED
    cards = {change["id"]: [(c["what"], c["answer"]) for c in change["cards"]] for change in got["changes"]}
    assert ("retired", "Discovery") in cards["trial"]
    assert ("new", "Motions") in cards["trial"]
    assert ("retired", "14 days") in cards["negligence"]
    assert ("new", "21 days") in cards["negligence"]
    assert got["searches"] == ["tag:law::changed::1.3.0"]


def test_packages_and_revisions_tell_the_same(two: Path) -> None:
    assert report(two, "old.apkg", "new.apkg")["changes"] == report(two, "old", "new")["changes"]


def test_markdown_is_fit_for_release_notes(two: Path) -> None:
    out = deckgen(two, "diff", "old.apkg", "new.apkg", "--format", "markdown").out
    assert "## law 1.3.0" in out
    assert "### Answer changed" in out
    assert "A guilty mind → Intent" in out
    assert "tag:law::changed::1.3.0" in out


def test_the_search_finds_the_cards_in_anki(two: Path) -> None:
    with collection() as col:
        import_package(col, two / "old.apkg")
        import_package(col, two / "new.apkg")
        found = [
            col.get_note(nid)["Entry"] for nid in col.find_notes(report(two, "old.apkg", "new.apkg")["searches"][0])
        ]
        assert found == ["mens-rea"]


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD:cards", "deck.txt"])
def test_what_is_neither_package_nor_revision_is_wrong_use(two: Path, name: str) -> None:
    (two / "deck.txt").write_text("no package")
    done = deckgen(two, "diff", "--", name, "HEAD")
    assert done.code == 2
    assert "Error" in done.err


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6))
def test_a_deck_does_not_differ_from_itself(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    root = tmp_path_factory.mktemp("same")
    author = Author(seed)
    for number in range(2):
        author.write(root)
        assert deckgen(root, "build", epoch=START + number).code == 0
        author.edit()
        author.edit()
    author.write(root)
    assert deckgen(root, "build", epoch=START + 9).code == 0
    assert report(root, "dist/law.apkg", "cards")["changes"] == []
    assert report(root, "cards", "cards")["changes"] == []
