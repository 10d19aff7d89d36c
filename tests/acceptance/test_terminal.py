"""deckgen at a terminal: prompts, completion, suggestions, colours."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import deckgen

SOURCE = str(Path(deckgen.__file__).parents[1])
COMMAND = [sys.executable, "-m", "deckgen"]


def _environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM", "SHELL")}
    return {**kept, "PYTHONPATH": SOURCE, "TERM": "xterm", "LANG": "C.UTF-8", **more}


def _typed(folder: Path, arguments: list[str], answers: list[tuple[str, str]], **more: str) -> tuple[int, str]:
    """Run at a terminal of its own: after each text that appears, type an answer."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execve(sys.executable, [*COMMAND, *arguments], _environment(**more))
    shown, waiting, end = "", list(answers), time.monotonic() + 60
    seen = 0
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                data = os.read(terminal, 4096)
            except OSError:
                break
            if not data:
                break
            shown += data.decode("utf-8", "replace")
        if waiting and waiting[0][0] in shown[seen:]:
            seen = len(shown)
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    assert not waiting, shown
    return os.waitstatus_to_exitcode(status), shown


def _run(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, env=_environment(**more), capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


@pytest.fixture
def deck(tmp_path):
    assert _run(tmp_path, "init", "--name", "Solar system", "--topic", "Planets").returncode == 0
    return tmp_path


def test_init_and_new_ask_for_everything(tmp_path):
    code, shown = _typed(
        tmp_path,
        ["init", "sky"],
        [
            ("Name of the deck [Sky]", "Solar system"),
            ("Its permanent id [solar-system]", ""),
            ("First topic [Basics]", "Planets"),
            ("in a sentence [Cards on Solar system.]", ""),
            ("Author [Solar system contributors]", "Ada"),
            ("none yet)", "https://github.com/ada/sky"),
        ],
    )
    assert code == 0, shown
    sky = tmp_path / "sky"
    assert "repository: https://github.com/ada/sky\n" in (sky / "cards/solar-system/deck.yaml").read_text()
    code, shown = _typed(
        sky,
        ["new"],
        [
            ("Topic [planets]", ""),
            ("Kind: fact, question, choice, sequence, table [fact]", "question"),
            ("Question", "Which planet is red?"),
            ("Answer", "Mars"),
            ("Explanation", ""),
            ("Source, as key#place", "this-deck#Study it"),
            ("Source, as key#place (empty: no more)", ""),
            ("Id, for ever [which-planet-is-red]", "red-planet"),
            ("Write it? [Y/n]", ""),
        ],
    )
    assert code == 0, shown
    assert "→ Mars" in shown
    assert "  - id: red-planet\n" in (sky / "cards/solar-system/planets.yaml").read_text()


def test_an_interrupted_prompt_writes_nothing(deck):
    before = (deck / "cards/solar-system/planets.yaml").read_text()
    code, shown = _typed(deck, ["new"], [("Topic", "planets"), ("Kind", "\x03")])
    assert code != 0
    assert "Traceback" not in shown
    assert (deck / "cards/solar-system/planets.yaml").read_text() == before


def test_without_a_terminal_nothing_is_asked(deck):
    done = _run(deck, "new")
    assert done.returncode == 2
    assert "give --fact" in done.stderr


def test_a_misspelt_command_is_guessed(tmp_path):
    done = _run(tmp_path, "biuld")
    assert done.returncode == 2
    assert "build" in done.stderr


def test_it_works_from_a_folder_below(deck):
    below = deck / "cards" / "solar-system"
    done = _run(below, "new", "--topic", "planets", "--question", "q", "--answer", "a", "--source", "this-deck#1")
    assert done.returncode == 0, done.stderr
    assert "planets.yaml:" in done.stdout


def test_colours_are_for_terminals_and_can_be_turned_off(deck):
    bank = deck / "cards/solar-system/about.yaml"
    bank.write_text(bank.read_text().replace("this-deck#", "this-dek#"))
    assert "\x1b[" in _typed(deck, ["check"], [])[1]
    assert "\x1b[" not in _typed(deck, ["check"], [], NO_COLOR="1")[1]
    assert "\x1b[" not in _run(deck, "check").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_each_shell(tmp_path, shell):
    done = _run(tmp_path, "completion", shell)
    assert done.returncode == 0, done.stderr
    assert "_DECKGEN_COMPLETE" in done.stdout
    if shutil.which(shell):
        script = tmp_path / f"deckgen.{shell}"
        script.write_text(done.stdout)
        assert subprocess.run([shell, "-n", str(script)], check=False).returncode == 0


def test_the_shell_is_found_by_itself_or_asked_for(tmp_path):
    assert _run(tmp_path, "completion", SHELL="/usr/bin/fish").stdout.startswith("function")
    done = _run(tmp_path, "completion", SHELL="/bin/tcsh")
    assert done.returncode == 2
    assert "bash, zsh or fish" in done.stderr


def test_bash_completes_commands_and_options(tmp_path):
    (tmp_path / "deckgen").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m deckgen "$@"\n')
    (tmp_path / "deckgen").chmod(0o755)
    (tmp_path / "script").write_text(_run(tmp_path, "completion", "bash").stdout)
    line = """
        . ./script
        ask() {
            COMPREPLY=() COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _deckgen_completion deckgen
            echo "${COMPREPLY[@]}"
        }
        ask deckgen ch
        ask deckgen new --dist
        ask deckgen schema ""
    """
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", line],
        cwd=tmp_path,
        env=_environment(PATH=path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["check", "--distractor --distractor-why", "deck sources glossary topic"]


def _completed(folder: Path, words: str, shell: str = "bash") -> list[str]:
    """What a shell is told when these words stand on its line; a blank at their end begins another."""
    asked = {"_DECKGEN_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    if shell == "fish":
        asked["COMP_CWORD"] = words.rpartition(" ")[2]
    done = _run(folder, **asked)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.split()


@pytest.fixture
def decks(deck):
    for name in ("moons", "more-moons"):
        (deck / "cards" / name).mkdir()
        (deck / "cards" / name / "deck.yaml").write_text(f"id: {name}\nname: {name}\n")
    (deck / "cards" / "no-deck").mkdir()
    return deck


ALL = ["plain,moons", "plain,more-moons", "plain,solar-system"]


@pytest.mark.parametrize(
    "words",
    [
        "build ",
        "build -q --locked ",
        "lock ",
        "preview ",
        "release ",
        "stats ",
        "verify ",
        "new --deck ",
        "cloze --deck ",
    ],
)
def test_the_names_of_decks_are_completed(decks, words):
    assert _completed(decks, f"deckgen {words}") == ALL


def test_the_names_of_decks_are_completed_from_what_is_there(decks, tmp_path):
    assert _completed(decks, "deckgen build mo") == ["plain,moons", "plain,more-moons"]
    assert _completed(decks, "deckgen build moons mo") == ["plain,more-moons"], "not what is named already"
    assert _completed(decks / "cards" / "moons", "deckgen build s") == ["plain,solar-system"]
    assert _completed(decks, "deckgen build cards/mo") == ["dir,cards/mo"], "a deck may be named by its folder"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert _completed(elsewhere, "deckgen build --cards ../cards m") == ["plain,moons", "plain,more-moons"]
    assert _completed(elsewhere, "deckgen build --cards nowhere m") == []
    assert _completed(elsewhere, "deckgen build --cards ../ca") == ["dir,../ca"]


def test_the_names_of_decks_are_completed_in_zsh_and_fish(decks):
    assert _completed(decks, "deckgen build mor", "zsh") == ["plain", "more-moons", "_"]
    assert _completed(decks, "deckgen build mor", "fish") == ["plain,more-moons"]


def test_no_bank_is_read_to_complete_a_name(decks):
    (decks / "cards" / "moons" / "bad.yaml").write_text("{")
    line = {"_DECKGEN_COMPLETE": "bash_complete", "COMP_WORDS": "deckgen build mo", "COMP_CWORD": "2"}
    done = _run(decks, **line, PYTHONPROFILEIMPORTTIME="1")
    loaded = {name.rpartition("|")[2].strip() for name in done.stderr.splitlines()}
    assert "deckgen.workspace" in loaded
    assert (
        loaded & {"deckgen.loader", "deckgen.nodes", "deckgen.lock", "deckgen.deckbuild", "yaml", "markdown_it"}
        == set()
    )
