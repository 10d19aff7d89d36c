"""The real command on real files: what a build writes, and what it never does."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from decks import START, deckgen, diagnostics, errors, lock_lines, write_deck

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
    reverse: true
  - id: trial
    question: Steps of a trial?
    steps: [Pleading, Discovery, Judgment]
"""


def build(root: Path, *arguments: str, epoch: int = START) -> None:
    done = deckgen(root, "build", *arguments, epoch=epoch)
    assert done.code == 0, done.err


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_bank_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    digests = set()
    for name, zone, seed in (
        ("one", "UTC", "0"),
        ("two/deeper", "Asia/Tokyo", "1"),
        ("three", "America/New_York", "77"),
    ):
        root = tmp_path / name
        write_deck(root, {"torts.yaml": BANK, "media/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'})
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": str(START), "LC_ALL": "C"}
        subprocess.run([sys.executable, "-m", "deckgen", "build", "-q"], cwd=root, env=env, check=True)
        digests.add((digest(root / "dist" / "law.apkg"), digest(root / "cards" / "law" / "deck.lock")))
    assert len(digests) == 1


def test_building_again_changes_no_byte_on_any_day(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    before = digest(tmp_path / "dist" / "law.apkg"), digest(folder / "deck.lock")
    build(tmp_path, epoch=START + 10**7)
    assert (digest(tmp_path / "dist" / "law.apkg"), digest(folder / "deck.lock")) == before


def test_only_what_changed_gets_the_time_of_the_build(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    write_deck(tmp_path, {"torts.yaml": BANK.replace("A guilty mind", "Intent")})
    build(tmp_path, epoch=START + 99)
    times = {name: line["time"] for name, line in lock_lines(folder).items()}
    assert times == {"mens-rea": START + 99, "negligence": START, "trial": START}
    assert lock_lines(folder)["mens-rea"]["changed"] == ["1.0.0"]


def test_a_change_is_later_than_the_last_release_even_on_a_slow_clock(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    write_deck(tmp_path, {"torts.yaml": BANK.replace("A guilty mind", "Intent")})
    build(tmp_path, epoch=START - 1000)
    assert lock_lines(folder)["mens-rea"]["time"] == START + 1


def test_no_time_lies_in_the_future(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path, epoch=4_000_000_000)
    assert max(line["time"] for line in lock_lines(folder).values()) <= time.time()


def test_an_error_writes_nothing_and_leaves_the_old_package_whole(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "dist" / "law.apkg", folder / "deck.lock")}
    write_deck(tmp_path, {"torts.yaml": BANK + "  - id: x\n    question: Q\n"})
    done = deckgen(tmp_path, "build", epoch=START + 5)
    assert done.code == 1
    assert "nothing was written" in done.err
    assert {path: path.read_bytes() for path in before} == before


def test_an_error_in_one_deck_stops_all(tmp_path: Path) -> None:
    write_deck(tmp_path, {"torts.yaml": BANK})
    write_deck(tmp_path, {"deck.yaml": "id: b\nname: B\n", "b.yaml": "topic: B\nfakts: []\n"}, name="b")
    assert deckgen(tmp_path, "build").code == 1
    assert not (tmp_path / "dist").exists()


def test_a_build_leaves_no_temporary_file(tmp_path: Path) -> None:
    write_deck(tmp_path, {"torts.yaml": BANK})
    spare = tmp_path / "tmp"
    spare.mkdir()
    env = {**os.environ, "TMPDIR": str(spare)}
    subprocess.run([sys.executable, "-m", "deckgen", "build", "-q"], cwd=tmp_path, env=env, check=True)
    assert list(spare.iterdir()) == []
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == ["law.apkg"]


@pytest.mark.parametrize("delay", [0.1, 0.25, 0.4, 0.6])
def test_a_killed_build_leaves_the_old_package_or_the_new_one(tmp_path: Path, delay: float) -> None:
    many = "".join(f"  - id: e{n}\n    question: Question {n}?\n    answer: Answer {n}\n" for n in range(3000))
    folder = write_deck(tmp_path, {"torts.yaml": "topic: T\nquestions:\n" + many})
    build(tmp_path)
    old = (tmp_path / "dist" / "law.apkg").read_bytes()
    write_deck(tmp_path, {"torts.yaml": "topic: T\nquestions:\n" + many.replace("Answer", "Reply")})
    process = subprocess.Popen([sys.executable, "-m", "deckgen", "build", "-q"], cwd=tmp_path)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = (tmp_path / "dist" / "law.apkg").read_bytes()
    build(tmp_path, epoch=START + 9)
    new = (tmp_path / "dist" / "law.apkg").read_bytes()
    assert left == old or deckgen(tmp_path, "build", "--locked", "--check").code == 0
    assert new != old
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == ["law.apkg"]
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_locked_and_check_write_nothing_and_say_what_differs(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    assert deckgen(tmp_path, "build", "--locked").code == 1
    assert not (folder / "deck.lock").exists()
    build(tmp_path)
    assert deckgen(tmp_path, "build", "--locked", "--check").code == 0
    (tmp_path / "dist" / "law.apkg").write_bytes(b"other")
    assert deckgen(tmp_path, "build", "--locked").code == 0
    done = deckgen(tmp_path, "build", "--check")
    assert done.code == 1
    assert "dist/law.apkg" in done.err
    assert (tmp_path / "dist" / "law.apkg").read_bytes() == b"other"
    write_deck(tmp_path, {"torts.yaml": BANK.replace("A guilty", "One guilty")})
    done = deckgen(tmp_path, "build", "--locked")
    assert done.code == 1
    assert "mens-rea" in done.err


GATES = [
    ("vanished", BANK[: BANK.index("  - id: trial")], "vanished-entry"),
    ("kind", BANK.replace("    reverse: true\n", "    distractors: [x, y]\n"), "kind-changed"),
    (
        "renamed over another",
        BANK.replace("  - id: trial\n", "  - id: trial\n    was: mens-rea\n"),
        "was-exists",
    ),
    (
        "two become one",
        BANK.replace("  - id: trial\n", "  - id: trial\n    was: mens-rea\n").replace(
            "  - id: mens-rea\n    question: What is mens rea?\n    answer: A guilty mind\n    reverse: true\n", ""
        ),
        "was-taken",
    ),
]


@pytest.mark.parametrize(("bank", "code"), [case[1:] for case in GATES], ids=[case[0] for case in GATES])
def test_what_would_harm_learners_is_an_error_with_a_way_out(tmp_path: Path, bank: str, code: str) -> None:
    write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    write_deck(tmp_path, {"torts.yaml": bank})
    found = [item for item in diagnostics(tmp_path) if item["severity"] == "error"]
    assert [item["code"] for item in found] == [code]
    assert found[0]["help"]


def test_a_renamed_entry_keeps_its_guid_and_its_old_id_is_taken_for_ever(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    guid = lock_lines(folder)["mens-rea"]["guid"]
    renamed = BANK.replace("id: mens-rea", "id: guilty-mind\n    was: mens-rea")
    write_deck(tmp_path, {"torts.yaml": renamed})
    build(tmp_path)
    assert lock_lines(folder)["guilty-mind"]["guid"] == guid
    assert "mens-rea" not in lock_lines(folder)
    build(tmp_path)
    write_deck(tmp_path, {"torts.yaml": renamed.replace("\n    was: mens-rea", "")})
    build(tmp_path)
    again = renamed.replace("\n    was: mens-rea", "") + "  - id: mens-rea\n    question: Q\n    answer: A\n"
    write_deck(tmp_path, {"torts.yaml": again})
    assert {code for code, _, _ in errors(tmp_path)} == {"reborn-id"}


def test_a_withdrawn_entry_is_shipped_with_a_notice_and_may_not_return(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    gone = "\n    withdrawn: {on: 2024-05-01, reason: Superseded, replaced_by: trial}"
    write_deck(tmp_path, {"torts.yaml": BANK.replace("id: mens-rea", "id: mens-rea" + gone)})
    build(tmp_path, epoch=START + 7)
    line = lock_lines(folder)["mens-rea"]
    assert line["withdrawn"] is True
    assert line["deck"] == "Law::Withdrawn"
    assert line["time"] == START + 7
    write_deck(tmp_path, {"torts.yaml": BANK})
    assert [code for code, _, _ in errors(tmp_path)] == ["reborn-id"]


def test_a_renamed_topic_or_deck_is_a_warning(tmp_path: Path) -> None:
    write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    write_deck(tmp_path, {"torts.yaml": BANK.replace("topic: Torts", "topic: Wrongs")})
    assert [d["code"] for d in diagnostics(tmp_path) if "renamed" in d["code"]] == ["topic-renamed"]
    write_deck(tmp_path, {"torts.yaml": BANK, "deck.yaml": "id: law\nname: Laws\n"})
    assert [d["code"] for d in diagnostics(tmp_path) if "renamed" in d["code"]] == ["deck-renamed"]


def test_another_deck_id_is_an_error(tmp_path: Path) -> None:
    write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    write_deck(tmp_path, {"deck.yaml": "id: laws\nname: Law\n"})
    assert "deck-id-changed" in {code for code, _, _ in errors(tmp_path)}


def test_a_lock_from_the_future_stops_the_build(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    lock = folder / "deck.lock"
    lock.write_text(lock.read_text().replace(str(START), "4000000000"))
    assert {code for code, _, _ in errors(tmp_path)} == {"lock-in-future"}


def git(root: Path, *arguments: str, fails: bool = False) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *arguments], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode != 0) == fails, done.stdout + done.stderr


@pytest.mark.parametrize("union", [True, False])
def test_two_branches_merge_and_build_to_a_right_lock(tmp_path: Path, union: bool) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK, "more.yaml": "topic: More\nquestions: []\n"})
    if union:
        (tmp_path / ".gitattributes").write_text("deck.lock merge=union\n")
    build(tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "cards", *([".gitattributes"] if union else []))
    git(tmp_path, "commit", "-qm", "base")
    git(tmp_path, "checkout", "-qb", "side")
    ours = BANK.replace("[Pleading, Discovery, Judgment]", "[Pleading, Motions, Discovery, Judgment]")
    write_deck(
        tmp_path, {"torts.yaml": ours, "more.yaml": "topic: More\nquestions:\n  - {id: side, question: Q, answer: A}\n"}
    )
    build(tmp_path, epoch=START + 10)
    git(tmp_path, "commit", "-qam", "side")
    git(tmp_path, "checkout", "-q", "main")
    theirs = BANK.replace("[Pleading, Discovery, Judgment]", "[Pleading, Discovery, Hearing, Judgment]")
    write_deck(
        tmp_path,
        {"torts.yaml": theirs, "other.yaml": "topic: Other\nquestions:\n  - {id: here, question: Q2, answer: A}\n"},
    )
    build(tmp_path, epoch=START + 20)
    git(tmp_path, "add", "cards")
    git(tmp_path, "commit", "-qm", "main")
    git(tmp_path, "merge", "side", fails=True)
    both = BANK.replace("[Pleading, Discovery, Judgment]", "[Pleading, Motions, Discovery, Hearing, Judgment]")
    write_deck(tmp_path, {"torts.yaml": both})
    done = deckgen(tmp_path, "build", epoch=START + 30)
    assert done.code == 0, done.err
    assert "both sides of a merge" in done.out
    lines = lock_lines(folder)
    assert set(lines) == {"negligence", "mens-rea", "trial", "side", "here"}
    got = {text: number for number, text, *_ in lines["trial"]["answers"]}
    assert (got["Pleading"], got["Discovery"], got["Judgment"]) == (1, 2, 3)
    assert len(set(got.values())) == 5
    assert "retired" not in lines["trial"]
    assert lines["negligence"]["time"] == START
    build(tmp_path, "--locked", "--check")


def test_a_release_restamps_what_was_pending_and_refuses_the_same_version_twice(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    assert deckgen(tmp_path, "release", epoch=START).code == 0
    assert (tmp_path / "dist" / "releases" / "law-1.0.0.apkg").exists()
    write_deck(tmp_path, {"torts.yaml": BANK.replace("A guilty mind", "Intent")})
    build(tmp_path, epoch=START + 100)
    assert deckgen(tmp_path, "release", epoch=START + 200).code == 2
    write_deck(tmp_path, {"deck.yaml": "id: law\nname: Law\nversion: 1.1.0\n"})
    done = deckgen(tmp_path, "release", epoch=START + 200)
    assert done.code == 0, done.err
    assert lock_lines(folder)["mens-rea"]["time"] == START + 200
    assert lock_lines(folder)["trial"]["time"] == START
    assert "A guilty mind → Intent" in done.out
    assert "tag:law::changed::1.1.0" in done.out
    assert lock_lines(folder)["mens-rea"]["changed"] == ["1.1.0"]
    build(tmp_path, "--locked", "--check")
    write_deck(tmp_path, {"torts.yaml": BANK.replace("A guilty mind", "Purpose")})
    build(tmp_path, epoch=START + 300)
    assert lock_lines(folder)["mens-rea"]["changed"] == ["next", "1.1.0"]
    write_deck(tmp_path, {"deck.yaml": "id: law\nname: Law\nversion: 1.10.0-rc2\n"})
    assert deckgen(tmp_path, "release", epoch=START + 400).code == 0
    assert lock_lines(folder)["mens-rea"]["changed"] == ["1.1.0", "1.10.0-rc2"]
    write_deck(tmp_path, {"deck.yaml": "id: law\nname: Law\nversion: 1.10.0\n"})
    assert deckgen(tmp_path, "release", epoch=START + 500).code == 0


def test_a_reverse_card_that_returns_counts_as_changed(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    assert deckgen(tmp_path, "release", epoch=START).code == 0
    write_deck(tmp_path, {"torts.yaml": BANK.replace("    reverse: true\n", "")})
    build(tmp_path, epoch=START + 100)
    assert "changed" not in lock_lines(folder)["mens-rea"]
    write_deck(tmp_path, {"torts.yaml": BANK.replace("What is mens rea?", "What does mens rea mean?")})
    build(tmp_path, epoch=START + 200)
    assert lock_lines(folder)["mens-rea"]["changed"] == ["next"]


def test_the_first_release_starts_clean(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    write_deck(tmp_path, {"torts.yaml": BANK.replace("A guilty mind", "Intent").replace("Discovery, ", "")})
    build(tmp_path, epoch=START + 5)
    assert "retired" in lock_lines(folder)["trial"]
    assert deckgen(tmp_path, "release", epoch=START + 9).code == 0
    assert "retired" not in lock_lines(folder)["trial"]
    assert "changed" not in lock_lines(folder)["mens-rea"]


def test_recloze_chooses_anew_and_keeps_the_numbers_of_answers_chosen_again(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    build(tmp_path)
    lines = (folder / "deck.lock").read_text().splitlines()
    chosen = lock_lines(folder)["negligence"]
    text = chosen["text"]
    chosen["answers"] = [[1, "damage", text.index("damage")], [2, "14 days", text.index("14 days")]]
    lines = [json.dumps(chosen) if '"note": "negligence"' in line else line for line in lines]
    (folder / "deck.lock").write_text("\n".join(lines) + "\n")
    build(tmp_path, epoch=START + 5)
    kept = {text: number for number, text, *_ in lock_lines(folder)["negligence"]["answers"]}
    assert kept["damage"] == 1
    build(tmp_path, "--recloze", epoch=START + 9)
    anew = {text: number for number, text, *_ in lock_lines(folder)["negligence"]["answers"]}
    assert anew["14 days"] == 2
    assert anew["duty of care"] == kept["duty of care"]


@pytest.mark.parametrize(
    "arguments", [["build", "nope"], ["build", "--cards", "nowhere"], ["check", "nowhere.yaml"], ["buidl"]]
)
def test_wrong_use_ends_with_two(tmp_path: Path, arguments: list[str]) -> None:
    write_deck(tmp_path, {"torts.yaml": BANK})
    done = deckgen(tmp_path, *arguments)
    assert done.code == 2
    assert "Error" in done.err


def test_it_works_from_a_folder_below(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"torts.yaml": BANK})
    assert deckgen(folder, "build", epoch=START).code == 0
    assert (tmp_path / "dist" / "law.apkg").exists()


def test_files_in_any_order_give_the_same_result(tmp_path: Path) -> None:
    topics = {f"t{n}.yaml": f"topic: T{n}\nquestions:\n  - {{id: e{n}, question: Q{n}, answer: A}}\n" for n in range(5)}
    for name, order in (("a", sorted(topics)), ("b", sorted(topics, reverse=True))):
        for file in order:
            write_deck(tmp_path / name, {file: topics[file]})
        build(tmp_path / name)
    assert digest(tmp_path / "a" / "dist" / "law.apkg") == digest(tmp_path / "b" / "dist" / "law.apkg")
