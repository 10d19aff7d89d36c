"""The rules run file by file say what they say of the whole deck."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deckgen import composing
from deckgen.cache import Cache
from deckgen.deckbuild import check_deck
from deckgen.diagnostic import Diagnostic
from deckgen.filewise import Filewise
from deckgen.loader import load
from lintbank import NOW, PNG

FILES = {
    "deck.yaml": "id: test\nname: Test\nrules: {unknown-abbreviation: off}\n",
    "sources.yaml": "book: {title: A handbook, kind: review, date: 2024}\n",
    "one.yaml": """\
topic: One
sources: [book#p. 3]
tags: [first-messenger]
facts:
  - {id: one-a, fact: "The cytokine {{c1::IL-4}} acts at 5 mcg per dose and hour."}
  - {id: one-b, fact: "The second gas of the {{c1::helium}} group is light and rare."}
  - {id: one-c, fact: "The the {{c1::picture}} of 7 \u00b5g is seen.", image: heart.png, tags: [heart-beats]}
questions:
  - {id: one-d, question: What is the capital of Peru?, answer: Lima}
  - {id: one-e, question: Which gas burns best?, answer: Neon, distractors: [Oxygen, Argon]}
""",
    "two.yaml": """\
topic: Two
sources: [book#p. 4]
tags: [first_messenger]
facts:
  - {id: two-a, fact: "Bound to IL4's receptor, {{c1::signals}} of 6 µg and 8 µg go on."}
  - {id: two-b, fact: "The second gas of the {{c1::neon}} group is light and rare."}
  - {id: two-c, fact: "A weight of 9 \u03bcg is what {{c1::grains}} have.", tags: [heart-beat]}
questions:
  - {id: two-d, question: What is the capital of Peru?, answer: Cusco}
  - {id: two-e, question: Which gas burns best?, answer: Oxygen}
""",
    "three.yaml": """\
topic: Two's
sources: [book#p. 5]
questions:
  - {id: three-a, question: What is a capital of Peru?, answer: Lima}
  - {id: three-b, question: What does IL4 do?, answer: It acts}
""",
}
ACROSS = {
    "ambiguous-blank", "conflicting-answers", "distractor-right-elsewhere", "doubled-word", "inconsistent-spelling",
    "media-without-licence", "near-duplicate", "tag-spelling", "unit-style", "unlike-unicode", "unused-media",
}  # fmt: skip


def deck(root: Path) -> Path:
    folder = root / "cards" / "test"
    (folder / "media").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "media" / "heart.png").write_bytes(PNG)
    (folder / "media" / "lung.png").write_bytes(PNG)
    return folder


def said(folder: Path, cache: Cache | None = None, *, whole: bool = False) -> tuple[Diagnostic, ...]:
    return check_deck(folder, "cards/test", NOW, notes_wanted=whole, cache=cache).diagnostics


@pytest.mark.parametrize("many", [1, 1500])
def test_files_apart_say_what_the_deck_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(composing, "MANY", many)
    monkeypatch.setattr(composing, "processors", lambda: 3)
    folder = deck(tmp_path)
    whole = said(folder, whole=True)
    assert {item.code for item in whole} >= ACROSS
    assert said(folder) == whole


def test_what_is_kept_of_a_file_holds_when_another_one_changes(tmp_path: Path) -> None:
    folder = deck(tmp_path)
    cache = Cache(tmp_path / ".deckgen-cache", bytes(32))
    path = folder / "three.yaml"
    texts = (path.read_text(), path.read_text() + "  - {id: broken, question: [\n", path.read_text() + "# mended\n")
    codes = []
    for text in texts:
        path.write_text(text)
        found = said(folder, cache)
        assert found == said(folder, whole=True)
        codes.append({item.code for item in found})
    assert ["unused-media" in found for found in codes] == [True, False, True]


def test_a_file_is_not_looked_at_again_while_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = deck(tmp_path)
    cache = Cache(tmp_path / ".deckgen-cache", bytes(32))
    first = said(folder, cache)
    looked: list[str] = []
    look = Filewise.look
    monkeypatch.setattr(Filewise, "look", lambda *given: looked.append(given[1].stem) or look(*given))
    assert said(folder, cache) == first
    assert looked == []
    (folder / "two.yaml").write_text(FILES["two.yaml"].replace("go on", "go far"), encoding="utf-8")
    assert said(folder, cache) == said(folder, whole=True)
    assert looked == ["two"]


def test_a_deck_that_must_be_seen_as_a_whole(tmp_path: Path) -> None:
    bank, _ = load(deck(tmp_path), "cards/test")
    assert bank is not None
    assert Filewise.fits(bank, NOW) is not None
    twice = replace(bank, topics=(*bank.topics, bank.topics[0]))
    assert Filewise.fits(twice, NOW) is None
    (tmp_path / "cards" / "test" / "deck.yaml").write_text("id: test\nname: Test\nrules: {confusable-terms: error}\n")
    needy, _ = load(tmp_path / "cards" / "test", "cards/test")
    assert needy is not None
    assert Filewise.fits(needy, NOW) is None
