"""The record of what a second reader has seen: every change of content since is noticed, nothing else is."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from deckgen.bank import Bank
from deckgen.loader import load
from deckgen.verification import FILE_NAME, STALE, UNVERIFIED, digest, doubt, read, recorded, stale
from decks import deckgen, write_deck

FACT = """\
  - id: rome
    fact: Rome fell in 476.
    explanation: In the West.
    sources: [code#1]
    as_of: 0476
    region: EU
    tags: [tier::useful]
"""
HEAD = "topic: Torts\nfacts:\n"
CHOICE = """\
questions:
  - id: pick
    question: Which one?
    answer: This
    distractors:
      - {text: That, why: It is not this.}
      - Those
    sources: [code#2]
"""


def bank(root: Path, text: str = HEAD + FACT) -> Bank:
    write_deck(root, {"torts.yaml": text})
    loaded, _ = load(root / "cards" / "law", "cards/law")
    assert loaded is not None
    return loaded


def digest_of(root: Path, text: str) -> str:
    return digest(next(entry for _, entry in bank(root, text).entries()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("in 476", "in 477"),
        ("In the West.", "In the East."),
        ("code#1", "code#2"),
        ("sources: [code#1]", "sources: [code#1, code]"),
        ("as_of: 0476", "as_of: 0477"),
        ("region: EU", "region: US"),
        ("region: EU", "region: EU\n    hints: {Rome: a city}"),
        ("region: EU", "region: EU\n    withdrawn: {on: 2026-01-01, reason: Wrong}"),
        ("    explanation: In the West.\n", ""),
    ],
)
def test_content_changes_digest(tmp_path: Path, old: str, new: str) -> None:
    assert old in FACT
    assert digest_of(tmp_path, HEAD + FACT) != digest_of(tmp_path, HEAD + FACT.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tier::useful", "tier::essential"),
        ("region: EU", "region: EU\n    review_by: 2027-01-01"),
        ("region: EU", "region: EU\n    hide: [Rome]"),
        ("    region: EU\n    tags: [tier::useful]\n", "    tags: [tier::useful]\n    region: EU\n"),
        ("fact: Rome fell in 476.", "fact: >-\n      Rome fell\n      in 476."),
    ],
)
def test_form_does_not_change_digest(tmp_path: Path, old: str, new: str) -> None:
    assert old in FACT
    assert digest_of(tmp_path, HEAD + FACT) == digest_of(tmp_path, HEAD + FACT.replace(old, new))


def test_text_that_moves_between_keys_changes_digest(tmp_path: Path) -> None:
    head = "topic: Torts\n"
    moved = CHOICE.replace("{text: That, why: It is not this.}\n      - Those", "That\n      - {text: Those, why: x}")
    other = CHOICE.replace("{text: That, why: It is not this.}\n      - Those", "{text: That, why: x}\n      - Those")
    assert digest_of(tmp_path, head + moved) != digest_of(tmp_path, head + other)


def test_reversed_entry_has_another_digest(tmp_path: Path) -> None:
    text = "topic: Torts\nquestions:\n  - id: a\n    question: Why?\n    answer: x\n"
    assert digest_of(tmp_path, text) != digest_of(tmp_path, text + "    reverse: true\n")


def test_deck_without_record_is_silent(tmp_path: Path) -> None:
    assert list(stale(bank(tmp_path))) == []


def test_entry_without_line_is_reported_at_its_id(tmp_path: Path) -> None:
    found = bank(tmp_path)
    (found.folder / FILE_NAME).write_text("")
    (item,) = stale(found)
    assert (item.code, item.entry, item.span.text) == (UNVERIFIED, "rome", "rome")


def test_entry_changed_since_is_reported_with_its_verdict(tmp_path: Path) -> None:
    before = bank(tmp_path)
    text = deckgen(tmp_path, "verify", "--all", "--date", "2026-11-25").out
    assert "1 entry recorded" in text
    assert list(stale(before)) == []
    after = bank(tmp_path, HEAD + FACT.replace("476", "477"))
    (item,) = stale(after)
    assert (item.code, item.entry) == (STALE, "rome")
    assert "2026-11-25" in item.message
    assert item.labels[0].span.source.path == f"cards/law/{FILE_NAME}"


def test_line_of_an_entry_that_is_gone_is_reported(tmp_path: Path) -> None:
    found = bank(tmp_path)
    good = recorded(found, None, ["rome"], _day(), "ok")
    (found.folder / FILE_NAME).write_text("carthage\t0123456789ab\t2026-11-25\tok\n" + good)
    (item,) = stale(found)
    assert (item.code, item.span.text.split("\t")[0]) == (STALE, "carthage")


@pytest.mark.parametrize(
    "line",
    [
        "rome 0123456789ab 2026-11-25 ok",
        "rome\t0123456789ab\t2026-11-25",
        "rome\t0123456789ab\tyesterday\tok",
        "rome\t0123456789ab\t2026-11-25\tfine",
    ],
)
def test_line_that_is_no_verdict_is_reported(tmp_path: Path, line: str) -> None:
    found = bank(tmp_path)
    (found.folder / FILE_NAME).write_text(line + "\n")
    assert sorted(item.code for item in stale(found)) == [UNVERIFIED, STALE]


def test_second_line_of_an_entry_does_not_count(tmp_path: Path) -> None:
    found = bank(tmp_path)
    line = recorded(found, None, ["rome"], _day(), "ok")
    (found.folder / FILE_NAME).write_text(line + line.replace("ok", "doubt: which Rome"))
    (item,) = stale(found)
    assert item.span.text.endswith("doubt: which Rome")


def test_record_keeps_other_lines_and_is_sorted(tmp_path: Path) -> None:
    found = bank(tmp_path, HEAD + FACT + CHOICE)
    path = found.folder / FILE_NAME
    path.write_text(recorded(found, None, ["rome"], _day(), "ok") + "gone\t0123456789ab\t2020\tok\n")
    path.write_text(recorded(found, read(path), ["pick"], _day(2), doubt("which\n one?")))
    assert [line.split("\t")[::3] for line in path.read_text().splitlines()] == [
        ["pick", "doubt: which one?"],
        ["rome", "ok"],
    ]
    assert list(stale(found)) == []


def test_command_lists_what_is_left_and_what_is_in_doubt(tmp_path: Path) -> None:
    bank(tmp_path, HEAD + FACT + CHOICE)
    assert deckgen(tmp_path, "verify").out.splitlines()[1:] == ["  rome: new", "  pick: new"]
    deckgen(tmp_path, "verify", "law", "--entry", "rome", "--doubt", "which Rome")
    assert deckgen(tmp_path, "verify").out.splitlines() == [
        "law: 1 entries read, 1 to read, 1 in doubt",
        "  pick: new",
        "  rome: doubt: which Rome",
    ]


def test_a_doubt_outlives_that_everything_was_read(tmp_path: Path) -> None:
    bank(tmp_path, HEAD + FACT + CHOICE)
    deckgen(tmp_path, "verify", "law", "--entry", "rome", "--doubt", "which Rome")
    assert "1 doubt kept" in deckgen(tmp_path, "verify", "law", "--all").out
    assert "  rome: doubt: which Rome" in deckgen(tmp_path, "verify").out
    deckgen(tmp_path, "verify", "law", "--entry", "rome")
    assert "doubt:" not in deckgen(tmp_path, "verify").out


def test_check_fails_while_something_is_left_to_read(tmp_path: Path) -> None:
    bank(tmp_path, HEAD + FACT + CHOICE)
    assert deckgen(tmp_path, "verify", "--check").code == 0, "a deck without a record is not checked"
    deckgen(tmp_path, "verify", "--entry", "rome")
    done = deckgen(tmp_path, "verify", "--check")
    assert (done.code, "  pick: new" in done.out) == (1, True)
    deckgen(tmp_path, "verify", "--all")
    assert deckgen(tmp_path, "verify", "--check").code == 0
    bank(tmp_path, HEAD + FACT)
    assert deckgen(tmp_path, "verify", "--check").code == 1, "a line for no entry"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--entry", "romme"), "did you mean `rome`"),
        (("--entry", "rome", "--check"), "--check records nothing"),
        (("--entry", "rome", "--all"), "not both"),
        (("--doubt", "x"), "--doubt needs"),
    ],
)
def test_command_refuses_wrong_use(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    folder = bank(tmp_path).folder
    run = deckgen(tmp_path, "verify", *arguments)
    assert run.code == 2
    assert message in run.err
    assert not (folder / FILE_NAME).exists()


def test_broken_bank_is_not_recorded(tmp_path: Path) -> None:
    folder = bank(tmp_path, HEAD + FACT + "  - id: x\n    fact: 'open\n").folder
    run = deckgen(tmp_path, "verify", "--all")
    assert run.code == 2
    assert not (folder / FILE_NAME).exists()


def _day(day: int = 1) -> datetime.date:
    return datetime.date(2026, 11, day)
