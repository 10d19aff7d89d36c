"""Random decks, random edits, real Anki: whatever an author does, a learner who studied loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckgen.apkg import read_package
from deckgen.rehearsal import as_text, rehearse_chain
from deckgen.rehearsal.report import BROKEN, Rehearsal
from deckmodel import Author
from decks import START, deckgen

MONTH = 30 * 86400


def build(root: Path, author: Author, number: int) -> Path:
    """Build the deck as it stands, a month after the last time, and keep the package."""
    author.write(root)
    done = deckgen(root, "build", epoch=START + number * MONTH)
    assert done.code == 0, done.err
    kept = root / f"release-{number}.apkg"
    shutil.copy(root / "dist" / "law.apkg", kept)
    return kept


def releases(root: Path, seed: int, edits: list[int]) -> list[Path]:
    """A first release, and one after each number of edits."""
    author = Author(seed)
    packages = [build(root, author, 0)]
    for number, count in enumerate(edits, 1):
        for _ in range(count):
            author.edit()
        author.version += 1
        packages.append(build(root, author, number))
    return packages


def broken(report: Rehearsal, packages: list[Path]) -> list[str]:
    """The promises that a rehearsal found broken, save what a note that changed and changed back must suffer.

    Such a note had another content in a release that this learner passed over, so its last time is later.
    """
    contents = {p.name: {n.guid: (n.fields, n.tags) for n in read_package(p).notes} for p in packages}
    names = list(contents)
    found = []
    for run in report.runs:
        for step in run.steps:
            between = names[names.index(step.old) : names.index(step.new) + 1]
            for code in BROKEN:
                for entry in step.findings.get(code, ()):
                    states = {contents[name].get(entry.guid) for name in between} if entry.guid else set()
                    back_again = code in {"notes-rewritten", "edits-broken"} and len(states) > 1
                    if not back_again:
                        found.append(f"{step.old} → {step.new}: {code}: {entry}")
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.lists(st.integers(1, 6), min_size=1, max_size=3), st.data())
def test_no_release_harms_a_learner(seed: int, edits: list[int], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        packages = releases(Path(folder), seed, edits)
        skipped = data.draw(st.sets(st.sampled_from(range(1, len(packages))), max_size=len(packages) - 2))
        chain = [package for number, package in enumerate(packages) if number not in skipped]
        report = rehearse_chain(chain, seed=seed, days=5, scheduler="fsrs")
        assert not broken(report, packages), as_text(report, colour=False)


@pytest.mark.parametrize("seed", range(3))
def test_a_lock_is_rebuilt_from_the_package_byte_for_byte(tmp_path: Path, seed: int) -> None:
    releases(tmp_path, seed, [5, 5, 5])
    lock = tmp_path / "cards" / "law" / "deck.lock"
    before = lock.read_bytes()
    lock.unlink()
    assert deckgen(tmp_path, "lock", "--from", "dist/law.apkg").code == 0
    assert lock.read_bytes() == before
