"""Revisions and merges: what authors do with git, and what a build and a comparison make of it."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from decks import START, deckgen, lock_lines, write_deck

IDENTITY = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


class Repository:
    """A repository with one deck; each entry is a file of its own, so that only the lock meets conflicts."""

    def __init__(self, root: Path) -> None:
        self.root, self.clock = root, itertools.count(START, 1000)
        self.git("init", "-q", "-b", "main")
        (root / ".gitignore").write_text(".deckgen-cache/\ndist/\n")

    def git(self, *arguments: str, good: bool = True) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=os.environ | IDENTITY | ALONE,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not good or done.returncode == 0, done.stderr
        return done.stdout

    def write(self, **files: str) -> None:
        bank = {f"{name}.yaml": f"topic: {name}\n{text}\n" for name, text in files.items()}
        write_deck(self.root, bank)

    def build(self) -> str:
        done = deckgen(self.root, "build", epoch=next(self.clock))
        assert done.code == 0, done.err
        return done.out

    def commit(self, name: str, **files: str) -> None:
        self.write(**files)
        self.build()
        self.git("add", "-A")
        self.git("commit", "-q", "-m", name)

    def branch(self, name: str, start: str, **files: str) -> None:
        self.git("checkout", "-q", "-b", name, start)
        self.commit(name, **files)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.commit("start", fact=fact("{{c1::x}} and {{c2::y}}"), plain=plain("a", "A"))
    return made


def fact(text: str) -> str:
    return f"facts:\n  - {{id: f, fact: '{text}'}}"


def plain(name: str, answer: str, more: str = "") -> str:
    return f"questions:\n  - {{id: {name}, question: Q{name}, answer: {answer}{more}}}"


def union(repository: Repository) -> None:
    (repository.root / ".gitattributes").write_text("deck.lock merge=union\n")
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "union")


@pytest.mark.parametrize("prepare", [lambda _: None, union], ids=["marks", "union"])
def test_blanks_added_on_two_branches_have_two_numbers(
    repository: Repository, prepare: Callable[[Repository], None]
) -> None:
    prepare(repository)
    repository.branch("one", "main", fact=fact("{{c1::x}} and {{c2::y}} in {{c3::Rome}}"))
    repository.branch("two", "main", fact=fact("{{c1::x}} and {{c2::y}} of {{c3::Ghent}}"), more=plain("m", "M"))
    repository.git("merge", "-q", "one", good=False)
    repository.write(fact=fact("{{c1::x}} and {{c2::y}} of {{c3::Ghent}} in {{c4::Rome}}"))
    said = repository.build()
    folder = repository.root / "cards" / "law"
    answers = {answer[1]: answer[0] for answer in lock_lines(folder)["f"]["answers"]}
    assert (answers["x"], answers["y"]) == (1, 2)
    assert {answers["Ghent"], answers["Rome"]} == {3, 4}
    assert "both sides of a merge" in said
    assert "m" in lock_lines(folder)
    assert "both sides" not in repository.build()
    assert deckgen(repository.root, "build", "--locked", "--check", epoch=START + 10**6).code == 0


def test_a_renaming_and_a_correction_meet(repository: Repository) -> None:
    union(repository)
    folder = repository.root / "cards" / "law"
    guid = lock_lines(folder)["a"]["guid"]
    repository.branch("one", "main", plain=plain("b", "A", ", was: a"))
    repository.branch("two", "main", plain=plain("a", "B"))
    repository.git("merge", "-q", "one", good=False)
    repository.write(plain=plain("b", "B", ", was: a"))
    repository.build()
    assert lock_lines(folder)["b"]["guid"] == guid
    assert "a" not in lock_lines(folder)
    assert lock_lines(folder)["b"]["changed"]


def test_a_link_in_a_revision_is_no_reason_to_fail(repository: Repository) -> None:
    folder = repository.root / "cards" / "law"
    (folder / "out").symlink_to("/etc")
    (folder / "up").symlink_to("../../../x")
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "links")
    done = deckgen(repository.root, "diff", "HEAD~1", "HEAD", "--format", "json")
    assert (done.code, json.loads(done.out)["changes"]) == (0, [])


def test_a_revision_before_the_decks_is_named(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "empty")
    repository.git("rm", "-rfq", "--cached", ".")
    repository.git("commit", "-q", "--allow-empty", "-m", "nothing")
    done = deckgen(repository.root, "diff", "empty", "main")
    assert done.code == 2
    assert "'empty' has no folder cards" in done.err


@pytest.mark.parametrize("revision", [" ", "HEAD~99", "HEAD^{tree}", "HEAD:cards", "HEAD..main", "x\ny", "$(x)"])
def test_what_is_no_revision_is_said(repository: Repository, revision: str) -> None:
    done = deckgen(repository.root, "diff", revision, "HEAD")
    assert done.code == 2
    assert "Traceback" not in done.err


def test_outside_of_git_there_are_no_revisions(tmp_path: Path) -> None:
    write_deck(tmp_path, {"t.yaml": f"topic: T\n{plain('a', 'A')}\n"})
    done = deckgen(tmp_path, "diff", "HEAD", "cards")
    assert done.code == 2
    assert "'HEAD' is no package, folder or git revision" in done.err
