"""Every release that was ever made, studied in real Anki, with what the banks are now imported over it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deckgen.rehearsal import as_text, rehearse_chain

DIST = Path(__file__).parents[2] / "dist"
DECKS = sorted(path.stem for path in DIST.glob("*.apkg"))


def kept(deck: str) -> list[Path]:
    return sorted((DIST / "releases").glob(f"{deck}-*.apkg"))


@pytest.mark.parametrize("deck", DECKS)
def test_every_release_named_by_a_lock_was_kept(deck: str) -> None:
    lock = DIST.parent / "cards" / deck / "deck.lock"
    head = json.loads(lock.read_text(encoding="utf-8").splitlines()[0])
    assert "released" not in head or DIST / "releases" / f"{deck}-{head['released']}.apkg" in kept(deck)


@pytest.mark.parametrize("deck", DECKS)
def test_what_is_in_dist_can_be_imported_again(deck: str) -> None:
    report = rehearse_chain((DIST / f"{deck}.apkg", DIST / f"{deck}.apkg"), days=5)
    assert not report.broken, as_text(report, colour=False)


@pytest.mark.parametrize("release", [path for deck in DECKS for path in kept(deck)], ids=lambda path: path.stem)
def test_what_is_in_dist_can_be_imported_over_every_release(release: Path) -> None:
    deck = release.stem.rpartition("-")[0]
    report = rehearse_chain((release, DIST / f"{deck}.apkg"), days=10)
    assert not report.broken, as_text(report, colour=False)
