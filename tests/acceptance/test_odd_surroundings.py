"""Odd file systems, clocks and command lines: a message and an exit code, never a traceback."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckgen.cli import cli
from deckgen.files import write_whole
from decks import START, deckgen, errors, write_deck

BANK = "topic: T\nquestions:\n  - {id: a, question: Q, answer: A}\n"


@pytest.mark.parametrize("taken", ["dist", "dist/law.apkg"])
def test_a_place_that_is_taken_is_said_in_words(tmp_path: Path, taken: str) -> None:
    write_deck(tmp_path, {"t.yaml": BANK})
    place = tmp_path / taken
    if taken == "dist":
        place.write_text("a file")
    else:
        place.mkdir(parents=True)
    for arguments in (("build",), ("build", "--check"), ("release",)):
        done = deckgen(tmp_path, *arguments, epoch=START)
        assert done.code in (1, 2)
        assert "dist" in done.err
    assert not list(tmp_path.rglob(".deckgen-*-*"))


def test_a_full_disk_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_deck(tmp_path, {"t.yaml": BANK})
    assert deckgen(tmp_path, "build", epoch=START).code == 0
    before = (folder / "deck.lock").read_bytes(), (tmp_path / "dist" / "law.apkg").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    write_deck(tmp_path, {"t.yaml": BANK.replace("answer: A", "answer: B")})
    done = deckgen(tmp_path, "build", epoch=START + 9)
    assert (done.code, os.strerror(28) in done.err) == (2, True)
    assert before == ((folder / "deck.lock").read_bytes(), (tmp_path / "dist" / "law.apkg").read_bytes())
    assert not list(tmp_path.rglob(".deckgen-*-*"))


@pytest.mark.parametrize("epoch", ["-1", "1.5", " 5", "9" * 5000, "\u0663", "1e9"])
def test_a_wrong_epoch_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    write_deck(tmp_path, {"t.yaml": BANK})
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["build"], env={"SOURCE_DATE_EPOCH": epoch})
    assert done.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr


def test_builds_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "law.apkg"
    contents = [bytes([number]) * 1000 for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda data: write_whole(path, data), contents * 5))
    assert path.read_bytes() in contents
    assert [file.name for file in tmp_path.iterdir()] == ["law.apkg"]


@pytest.mark.parametrize("target", ["loop.yaml", "../../..", "/dev/zero", "nowhere", "t.yaml"])
def test_links_in_a_deck_are_told_or_read(tmp_path: Path, target: str) -> None:
    folder = write_deck(tmp_path, {"t.yaml": BANK})
    (folder / "loop.yaml").symlink_to(target)
    found = {code for code, _, _ in errors(tmp_path)}
    assert found <= {"unreadable", "outside-deck", "duplicate-id"}
    assert bool(found) == (target != "../../..")


@pytest.mark.parametrize("path", [".", "cards", "cards/law", "cards/law/t.yaml", "./cards/../cards"])
def test_a_folder_that_holds_decks_somewhere_can_be_checked(tmp_path: Path, path: str) -> None:
    write_deck(tmp_path, {"t.yaml": BANK.replace("answer: A", "answer: '[x](y)'")})
    done = deckgen(tmp_path, "check", path)
    assert done.code == 1
    assert "unsafe-link" in done.out


@pytest.mark.parametrize("place", [".", "cards", "cards/law"])
def test_a_preview_stands_beside_the_cards_from_any_folder(tmp_path: Path, place: str) -> None:
    write_deck(tmp_path, {"t.yaml": BANK})
    assert deckgen(tmp_path / place, "preview", "--quiet").code == 0
    assert [path.parent for path in tmp_path.rglob("index.html")].count(tmp_path / "preview") == 1
    assert not (tmp_path / "cards" / "preview").exists()
    assert not (tmp_path / "cards" / "law" / "preview").exists()


@pytest.mark.parametrize(("place", "name"), [("cards/law", "."), ("cards", "law"), ("cards", "./law/"), (".", "law")])
def test_a_deck_may_be_named_by_its_folder(tmp_path: Path, place: str, name: str) -> None:
    write_deck(tmp_path, {"t.yaml": BANK})
    (tmp_path / "law").mkdir()
    done = deckgen(tmp_path / place, "build", name, epoch=START)
    assert (done.code, done.err) == (0, "")
    assert (tmp_path / "dist" / "law.apkg").is_file()


def test_a_bank_file_in_a_folder_of_the_deck_is_not_passed_over(tmp_path: Path) -> None:
    write_deck(tmp_path, {"t.yaml": BANK, "more/law/torts.yaml": BANK, "media/notes.yaml": "", ".old/t.yaml": ""})
    assert [code for code, *_ in errors(tmp_path)] == ["in-subfolder"]
    assert "cards/law/more/law/torts.yaml:1:1" in deckgen(tmp_path, "check").out


@pytest.mark.parametrize("command", ["check", "fmt"])
def test_a_deck_in_place_of_a_path_is_told_where_it_is(tmp_path: Path, command: str) -> None:
    write_deck(tmp_path, {"t.yaml": BANK})
    done = deckgen(tmp_path, command, "law")
    assert (done.code, "no file or folder law; the deck of that name is cards/law" in done.err) == (2, True)
    done = deckgen(tmp_path, command, "lwa")
    assert (done.code, done.err.endswith("no file or folder lwa\n")) == (2, True)
