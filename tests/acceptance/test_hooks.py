"""The hooks, run by the real pre-commit in a deck that `deckgen init` made."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from deckgen.commands import init
from deckgen.scaffold import NewDeck

ROOT = Path(__file__).parents[2]


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def _repository(folder: Path) -> None:
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "all")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """This repository's code and hooks as pre-commit would clone them."""
    folder = tmp_path_factory.mktemp("deckgen")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", ".pre-commit-hooks.yaml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    _repository(folder)
    return folder


@pytest.fixture
def deck(tmp_path):
    folder = tmp_path / "planets"
    init.run(
        folder,
        NewDeck("Planets", "planets", "Inner", "d", ("a",), 2026),
        now=1_780_000_000,
        quiet=True,
        out=io.StringIO(),
    )
    _repository(folder)
    return folder


def test_hooks_say_what_is_wrong_and_pass_what_is_sound(hooks, deck, tmp_path_factory):
    store = tmp_path_factory.mktemp("store")

    def run(hook: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), hook, "--all-files", "--verbose"]
        env = {**os.environ, "PRE_COMMIT_HOME": str(store), "PRE_COMMIT_COLOR": "never"}
        done = subprocess.run(command, cwd=deck, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    code, said = run("deckgen-check")
    assert code == 0, said
    assert run("deckgen-schema")[0] == 0
    code, said = run("deckgen-locked")
    assert code == 1
    assert "run `deckgen build` and commit the result" in said
    bank = deck / "cards" / "planets" / "about.yaml"
    bank.write_text(bank.read_text().replace("this-deck#", "this-dek#"))
    code, said = run("deckgen-check")
    assert code == 1
    assert "[unknown-source]" in said


def test_a_new_deck_uses_hooks_that_exist():
    known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    made = yaml.safe_load((ROOT / "src/deckgen/scaffold/pre-commit-config.yaml").read_text())
    assert {hook["id"] for repo in made["repos"] for hook in repo["hooks"]} <= known
