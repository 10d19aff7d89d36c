"""A run with nothing changed repeats the last one; a run with anything changed does not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from deckgen import composing, deckbuild, lint, topicloader
from decks import START, Run, deckgen, write_deck

BANK = """\
topic: Torts
sources: [code#1]
questions:
  - id: mens-rea
    question: What is mens rea?
    answer: A guilty mind
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    write_deck(tmp_path, {"torts.yaml": BANK})
    assert deckgen(tmp_path, "build", epoch=START).code == 0
    return tmp_path


def is_repeated(root: Path, *arguments: str) -> bool:
    """Whether a command ends without reading the banks."""
    code = (
        "import sys\nfrom deckgen.cli import cli\n"
        "try:\n    cli(sys.argv[1:])\n"
        "finally:\n    print('read' if 'deckgen.deckbuild' in sys.modules else 'repeated')\n"
    )
    environ = {**os.environ, "SOURCE_DATE_EPOCH": str(START)}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.endswith("repeated\n")


def test_nothing_changed_reads_nothing_and_says_so(root: Path) -> None:
    assert is_repeated(root, "build")
    done = deckgen(root, "build", epoch=START)
    assert done.out == "dist/law.apkg: 1 notes, 1 cards, unchanged\n"


@pytest.mark.parametrize("option", ["--locked", "--check", "--recloze"])
def test_gates_and_new_choices_never_go_by_memory(root: Path, option: str) -> None:
    assert not is_repeated(root, "build", option)


def edited(root: Path) -> None:
    path = root / "cards" / "law" / "torts.yaml"
    path.write_text(path.read_text().replace("guilty", "wicked"))


def new_file(root: Path) -> None:
    (root / "cards" / "law" / "extra.yaml").write_text(BANK.replace("mens-rea", "other").replace("Torts", "Other"))


def new_media(root: Path) -> None:
    (root / "cards" / "law" / "media").mkdir()


def package_gone(root: Path) -> None:
    (root / "dist" / "law.apkg").unlink()


def package_changed(root: Path) -> None:
    (root / "dist" / "law.apkg").write_bytes(b"something else")


def lock_changed(root: Path) -> None:
    path = root / "cards" / "law" / "deck.lock"
    path.write_text(path.read_text().replace("\n", "\n\n", 1))


def cache_gone(root: Path) -> None:
    for path in (root / ".deckgen-cache").iterdir():
        path.unlink()


def cache_damaged(root: Path) -> None:
    for path in (root / ".deckgen-cache").iterdir():
        path.write_bytes(path.read_bytes().replace(b"unchanged", b"UNCHANGED"))


def key_changed(root: Path) -> None:
    (root / "home" / ".cache" / "deckgen" / "key").write_bytes(b"0" * 32)


CHANGES = [
    edited,
    new_file,
    new_media,
    package_gone,
    package_changed,
    lock_changed,
    cache_gone,
    cache_damaged,
    key_changed,
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_the_build_is_made_anew_and_right(root: Path, change: Callable[[Path], None]) -> None:
    change(root)
    assert not is_repeated(root, "build")
    assert deckgen(root, "build", "--locked", "--check", epoch=START).code == 0
    assert is_repeated(root, "build")


def test_check_repeats_what_it_said(root: Path) -> None:
    path = root / "cards" / "law" / "torts.yaml"
    path.write_text(path.read_text().replace("[code#1]", "[unknown]"))
    first = deckgen(root, "check", epoch=START)
    assert (first.code, deckgen(root, "check", epoch=START)) == (1, first)
    assert deckgen(root, "check", "--format", "json", epoch=START).out.startswith("{")
    path.write_text(BANK)
    assert deckgen(root, "check", epoch=START).code == 0
    assert is_repeated(root, "check")
    assert not is_repeated(root, "check", "--strict")


def test_dates_come_due_although_nothing_changed(root: Path) -> None:
    path = root / "cards" / "law" / "torts.yaml"
    path.write_text(path.read_text() + "    review_by: 2023-11-16\n")
    assert "review-due" not in deckgen(root, "check", epoch=START).out
    assert "review-due" in deckgen(root, "check", epoch=START + 10 * 86400).out


# Files that did not change are taken from the cache, and the build is the same as without, and without workers

FILES = ("torts", "crimes", "courts")
WORDS = (
    "Negligence requires a duty of care within 14 days.",
    "A {{c1::guilty mind}} is mens rea.",
    "**Bold** {{c2::claim}}.",
)


class Editing(RuleBasedStateMachine):
    """Edits in any order; after each build, a folder without a cache gives the same lock and package."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.deck = write_deck(self.root, {f"{name}.yaml": self.text(name, 1, "x", 0) for name in FILES})
        self.many, self.much, self.entries = composing.MANY, topicloader.MUCH, lint.MANY
        self.processors = composing.processors
        self.saved = {name: os.environ.get(name) for name in ("HOME", "XDG_CACHE_HOME")}
        os.environ.update(HOME=str(self.root / "home"), XDG_CACHE_HOME="")
        self.now = START

    def text(self, name: str, count: int, answer: str, fact: int) -> str:
        entries = "".join(f"  - {{id: {name}-{n}, question: Why {n}?, answer: {answer}}}\n" for n in range(count))
        return f"topic: {name.title()}\nfacts:\n  - id: {name}-fact\n    fact: '{WORDS[fact]}'\nquestions:\n{entries}"

    @rule(name=st.sampled_from(FILES), answer=st.sampled_from("xyz"), fact=st.integers(0, 2), count=st.integers(1, 3))
    def edit(self, name: str, answer: str, fact: int, count: int) -> None:
        (self.deck / f"{name}.yaml").write_text(self.text(name, count, answer, fact))

    @rule(term=st.sampled_from(["duty of care", "mens rea"]))
    def change_the_glossary(self, term: str) -> None:
        (self.deck / "glossary.yaml").write_text(f"{term}: {{class: term}}\n")

    @rule(title=st.sampled_from(["Civil Code", "Penal Code"]))
    def change_a_source(self, title: str) -> None:
        (self.deck / "sources.yaml").write_text(f"code: {{title: {title}}}\n")

    @rule(version=st.sampled_from(["1.0.0", "1.1.0"]))
    def change_the_version(self, version: str) -> None:
        (self.deck / "deck.yaml").write_text(f"id: law\nname: Law\nversion: {version}\n")

    @rule()
    def delete_the_cache(self) -> None:
        shutil.rmtree(self.root / ".deckgen-cache", ignore_errors=True)

    @rule()
    def check(self) -> None:
        assert self.by_workers("check", "--format", "json").out == self.elsewhere("check").out

    @rule()
    def build(self) -> None:
        self.now += 100
        clean = self.elsewhere("build")
        ours = self.by_workers("build")
        assert (ours.code, ours.err) == (clean.code, clean.err)
        if ours.code == 0:
            assert (self.deck / "deck.lock").read_bytes() == (self.copy / "cards/law/deck.lock").read_bytes()
            assert (self.root / "dist/law.apkg").read_bytes() == (self.copy / "dist/law.apkg").read_bytes()

    def by_workers(self, *arguments: str) -> Run:
        composing.MANY = topicloader.MUCH = lint.MANY = 0
        composing.processors = topicloader.processors = lint.processors = lambda: 2
        try:
            return deckgen(self.root, *arguments, epoch=self.now)
        finally:
            composing.MANY, topicloader.MUCH, lint.MANY = self.many, self.much, self.entries
            composing.processors = topicloader.processors = lint.processors = self.processors

    @property
    def copy(self) -> Path:
        return self.root / "copy"

    def elsewhere(self, command: str) -> Run:
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.deck, self.copy / "cards" / "law")
        arguments = ("--format", "json") if command == "check" else ()
        return deckgen(self.copy, command, *arguments, epoch=self.now)

    def teardown(self) -> None:
        for name, value in self.saved.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        self.folder.cleanup()


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)


def test_only_the_changed_file_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_file(root)
    for text in ("one", "two"):
        path = root / "cards" / "law" / "torts.yaml"
        path.write_text(path.read_text().replace("A guilty mind", text).replace("one", text))
        assert deckgen(root, "build", epoch=START).code == 0
    parsed: list[str] = []
    composed: list[str] = []
    parse, compose = topicloader.parse, composing.compose
    monkeypatch.setattr(topicloader, "parse", lambda source: parsed.append(source.path) or parse(source))
    monkeypatch.setattr(composing, "compose", lambda *given: composed.append(given[1].id.value) or compose(*given))
    path.write_text(path.read_text().replace("two", "three"))
    assert deckgen(root, "build", epoch=START).code == 0
    assert (parsed, composed) == (["cards/law/torts.yaml"], ["mens-rea"])
    parsed.clear()
    composed.clear()
    assert deckgen(root, "check", epoch=START).code == 0
    assert (parsed, composed) == ([], ["mens-rea"])


def test_facts_whose_blanks_the_lock_knows_are_not_made_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = "topic: Facts\nsources: [code#1]\nfacts:\n  - {id: parties, fact: A contract binds 2 parties.}\n"
    bank = root / "cards" / "law" / "torts.yaml"
    (bank.parent / "facts.yaml").write_text(facts)
    composed: list[str] = []
    compose = composing.compose
    monkeypatch.setattr(composing, "compose", lambda *given: composed.append(given[1].id.value) or compose(*given))
    for answer in ("one", "two", "three"):
        composed.clear()
        bank.write_text(BANK.replace("A guilty mind", answer))
        assert deckgen(root, "build", epoch=START).code == 0
    assert composed == ["mens-rea"]


def contents(root: Path) -> dict[Path, bytes]:
    places = (root / "cards", root / "dist")
    return {path: path.read_bytes() for place in places for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize("stage", ["load", "compose_topics", "update", "write"])
def test_an_interrupted_build_leaves_everything_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    edited(root)
    before = contents(root)
    monkeypatch.setattr(deckbuild, stage, interrupted)
    done = deckgen(root, "build", epoch=START)
    assert (done.code, done.out) == (130, "")
    assert "interrupted" in done.err
    assert contents(root) == before
    monkeypatch.undo()
    monkeypatch.setenv("HOME", str(root / "home"))
    assert deckgen(root, "build", epoch=START).code == 0
