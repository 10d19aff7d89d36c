"""`deckgen lock`: what a maintainer does about a lost lock and about entries that nobody ever had."""

from __future__ import annotations

from pathlib import Path

import pytest

from decks import START, deckgen, errors, lock_lines, write_deck

BANK = "topic: T\nquestions:\n  - {id: tort, question: Q, answer: A}\n  - {id: draft, question: R, answer: B}\n"
LESS = BANK[: BANK.index("  - {id: draft")]
KIND = BANK.replace("question: R, answer: B", "question: R, answer: B, distractors: [C, D]")


def test_before_the_first_release_an_entry_can_be_forgotten(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"t.yaml": BANK})
    deckgen(tmp_path, "build", epoch=START)
    write_deck(tmp_path, {"t.yaml": LESS})
    refused = deckgen(tmp_path, "build", epoch=START)
    assert refused.code == 1
    assert "deckgen lock --forget draft" in refused.err
    done = deckgen(tmp_path, "lock", "--forget", "draft")
    assert (done.code, done.out) == (0, "cards/law/deck.lock: draft is forgotten\n")
    assert deckgen(tmp_path, "build", epoch=START).code == 0
    assert list(lock_lines(folder)) == ["tort"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (BANK, KIND),
        (BANK.replace("answer: B", "answer: B, withdrawn: {on: 2026-01-01, reason: Wrong}"), BANK),
    ],
    ids=["another kind", "withdrawn by mistake"],
)
def test_what_was_built_by_mistake_can_begin_again(tmp_path: Path, first: str, second: str) -> None:
    write_deck(tmp_path, {"t.yaml": first})
    deckgen(tmp_path, "build", epoch=START)
    write_deck(tmp_path, {"t.yaml": second})
    assert "deckgen lock --forget draft" in deckgen(tmp_path, "check").out
    assert deckgen(tmp_path, "lock", "--forget", "draft").code == 0
    assert deckgen(tmp_path, "build", epoch=START).code == 0


def test_what_learners_have_is_not_forgotten(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"t.yaml": BANK})
    assert deckgen(tmp_path, "release", epoch=START).code == 0
    write_deck(tmp_path, {"t.yaml": LESS})
    assert "--forget" not in deckgen(tmp_path, "check").out
    before = (folder / "deck.lock").read_bytes()
    done = deckgen(tmp_path, "lock", "--forget", "draft")
    assert done.code == 2
    assert "learners have `draft`" in done.err
    write_deck(tmp_path, {"t.yaml": BANK.replace("answer: B", "answer: C")})
    deckgen(tmp_path, "build", epoch=START + 9)
    changed = (folder / "deck.lock").read_bytes()
    assert changed != before
    assert "learners have `draft`" in deckgen(tmp_path, "lock", "--forget", "draft").err
    (tmp_path / "dist" / "releases" / "law-1.0.0.apkg").unlink()
    assert "law-1.0.0.apkg is not there" in deckgen(tmp_path, "lock", "--forget", "draft").err
    assert (folder / "deck.lock").read_bytes() == changed


def test_what_came_after_the_last_release_can_be_forgotten(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"t.yaml": LESS})
    assert deckgen(tmp_path, "release", epoch=START).code == 0
    write_deck(tmp_path, {"t.yaml": BANK})
    deckgen(tmp_path, "build", epoch=START + 9)
    write_deck(tmp_path, {"t.yaml": LESS})
    assert errors(tmp_path)[0][0] == "vanished-entry"
    assert deckgen(tmp_path, "lock", "--forget", "draft", "law").code == 0
    assert deckgen(tmp_path, "build", epoch=START + 19).code == 0
    assert list(lock_lines(folder)) == ["tort"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--from X.apkg or --forget ID"),
        (("--forget", "darft"), "did you mean `draft`?"),
        (("--forget", "tort"), "name the deck"),
        (("--forget", "draft", "--from", "dist/law.apkg"), "--from X.apkg or --forget ID"),
    ],
)
def test_wrong_use_is_said_in_words(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    write_deck(tmp_path, {"t.yaml": BANK})
    write_deck(tmp_path, {"t.yaml": LESS, "deck.yaml": "id: tax\nname: Tax\nversion: 1.0.0\n"}, "tax")
    deckgen(tmp_path, "build", epoch=START)
    done = deckgen(tmp_path, "lock", *arguments)
    assert done.code == 2
    assert said in done.err


def test_a_released_deck_is_not_built_without_its_lock(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"t.yaml": BANK})
    write_deck(tmp_path, {"t.yaml": LESS, "deck.yaml": "id: law-school\nname: School\nversion: 9.0.0\n"}, "law-school")
    for version in ("1.9.0", "1.10.0"):
        write_deck(tmp_path, {"deck.yaml": f"id: law\nname: Law\nversion: {version}\n"})
        assert deckgen(tmp_path, "release", "law", epoch=START).code == 0
    assert deckgen(tmp_path, "release", "law-school", epoch=START).code == 0
    before = (folder / "deck.lock").read_bytes()
    (folder / "deck.lock").unlink()
    for command in (("build",), ("build", "--locked"), ("release", "law")):
        done = deckgen(tmp_path, *command, epoch=START + 9)
        assert done.code == 1, command
        assert "deckgen lock --from dist/releases/law-1.10.0.apkg\nnothing was written\n" in done.err
        assert not (folder / "deck.lock").exists()
    assert deckgen(tmp_path, "lock", "--from", "dist/releases/law-1.10.0.apkg").code == 0
    assert (folder / "deck.lock").read_bytes() == before
    assert deckgen(tmp_path, "build", "--locked", epoch=START + 9).code == 0
