"""Ids and numbers in odd circumstances: whatever an author does, no two notes or cards become one."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.explanations import EXPLANATIONS
from decks import START, deckgen, diagnostics, errors, lock_lines, write_deck

TWO = "questions:\n  - {id: a, question: Qa, answer: A}\n  - {id: b, question: Qb, answer: B}\n"


def build(root: Path, bank: str, later: int = 0) -> Path:
    folder = write_deck(root, {"t.yaml": f"topic: T\n{bank}"})
    done = deckgen(root, "build", epoch=START + later)
    assert done.code == 0, done.err
    return folder


def codes(root: Path, bank: str) -> list[str]:
    write_deck(root, {"t.yaml": f"topic: T\n{bank}"})
    return [code for code, _, _ in errors(root)]


@pytest.mark.parametrize(
    "ids",
    [("c, was: [a, b]",), ("c, was: a", "b, was: a"), ("c, was: a", "d, was: a", "b")],
    ids=["two become one", "an old one takes another", "one becomes two"],
)
def test_a_note_has_one_heir_and_an_heir_one_note(tmp_path: Path, ids: tuple[str, ...]) -> None:
    build(tmp_path, TWO)
    bank = "questions:\n" + "".join(f"  - {{id: {name}, question: Q{name[0]}, answer: A}}\n" for name in ids)
    assert set(codes(tmp_path, bank)) == {"was-taken"}


def test_an_earlier_id_that_is_named_twice_is_one_note(tmp_path: Path) -> None:
    folder = build(tmp_path, TWO)
    before = lock_lines(folder)
    build(tmp_path, TWO.replace("id: a,", "id: c, was: [a, a],"), 100)
    assert lock_lines(folder)["c"]["guid"] == before["a"]["guid"]
    build(tmp_path, TWO.replace("id: a,", "id: d, was: [a, c],"), 200)
    assert lock_lines(folder)["d"]["guid"] == before["a"]["guid"]


def table(column: str) -> str:
    rows = "".join(f"      r{row}: [{', '.join(f'v{row} {cell}x' for cell in range(20))}]\n" for row in range(15))
    columns = ", ".join(f"{column}{number}" for number in range(20))
    return f"questions:\n  - id: a\n    question: Q\n    columns: [{columns}]\n    rows:\n{rows}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("facts:\n  - {id: a, fact: '{{c500::Rome}} is old'}\n", "facts:\n  - {id: a, fact: '{{c1::Ghent}} is old'}\n"),
        (table("A"), table("B")),
    ],
    ids=["by hand", "table"],
)
def test_a_number_that_anki_does_not_know_is_an_error(tmp_path: Path, before: str, after: str) -> None:
    folder = build(tmp_path, before)
    lock = (folder / "deck.lock").read_bytes()
    assert codes(tmp_path, after) == ["numbers-used-up"]
    assert deckgen(tmp_path, "build").code == 1
    assert (folder / "deck.lock").read_bytes() == lock


def test_an_entry_may_have_its_old_id_back(tmp_path: Path) -> None:
    folder = build(tmp_path, TWO)
    guid = lock_lines(folder)["a"]["guid"]
    build(tmp_path, TWO.replace("id: a,", "id: c, was: a,"), 100)
    assert codes(tmp_path, TWO.replace("id: a,", "id: d, was: c,") + "  - {id: a, question: New, answer: N}\n") == [
        "reborn-id"
    ]
    build(tmp_path, TWO.replace("id: a,", "id: a, was: c,"), 200)
    assert lock_lines(folder)["a"]["guid"] == guid
    assert lock_lines(folder)["a"]["was"] == ["c"]
    assert codes(tmp_path, TWO + "  - {id: c, question: New, answer: N}\n") == ["reborn-id"]


def test_a_chain_of_earlier_ids_is_known_whole(tmp_path: Path) -> None:
    build(tmp_path, TWO)
    build(tmp_path, TWO.replace("id: a,", "id: c, was: a,"), 100)
    write_deck(tmp_path, {"t.yaml": "topic: T\n" + TWO.replace("id: a,", "id: d, was: [a, c],")})
    assert "unknown-was" not in deckgen(tmp_path, "check").out
    write_deck(tmp_path, {"t.yaml": "topic: T\n" + TWO.replace("id: a,", "id: d, was: [e, c],")})
    found = [(item["code"], item["severity"]) for item in diagnostics(tmp_path) if "was" in item["code"]]
    assert found == [("unknown-was", str(EXPLANATIONS["unknown-was"].severity))]
