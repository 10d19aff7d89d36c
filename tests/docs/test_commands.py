"""Every command line of the documentation does what the documentation says.

A page's blocks of ```console are run in order, in one folder: lines after `$ ` are commands, other lines are what they
print, `...` stands for lines left out. A comment at the head of a page says where it begins:
`<!-- run in: an empty folder -->`, `a new deck`, or `this repository`, which is a copy of the decks and is the default.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import deckgen
from deckgen.cli import cli
from deckgen.commands import init
from deckgen.scaffold import NewDeck

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if "generated" not in path.read_text(encoding="utf-8")[:60].lower()
)
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"<!-- run in: (.*?) -->")
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`|^    .*$", re.MULTILINE | re.DOTALL)
_MENTION = re.compile(r"(?<![\w/.-])deckgen ([a-z]+)((?: +(?:\"[^\"]*\"|'[^']*'|[^\s`#|>&;]+))*)")

STUBS = {
    "pip": (
        'case "$*" in "install git+https://github.com/deckgen/deckgen"|"install anki"|"install pre-commit") ;; '
        "*) exit 1;; esac"
    ),
    "python3": 'test "$1" = tools/dev.py && grep -q "\\"$2\\":" tools/dev.py',
    "pre-commit": 'case "$*" in install|"run --all-files") ;; *) exit 1;; esac',
    "code": 'test -f "$1"',
}
"""What other tests run, or what needs a network: here it is only held that these words are right."""


@dataclass(frozen=True)
class Step:
    """A command and what it is to print."""

    command: str
    output: tuple[str, ...]


def steps_of(text: str) -> list[Step]:
    """The commands of a page in order."""
    steps: list[Step] = []
    for block in _BLOCK.findall(text):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append(Step(line[2:], ()))
            elif steps and line.startswith("> "):
                steps[-1] = Step(f"{steps[-1].command}\n{line[2:]}", ())
            elif steps and line.strip():
                steps[-1] = Step(steps[-1].command, (*steps[-1].output, line.strip()))
    return steps


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def _a_new_deck(folder: Path) -> None:
    new = NewDeck("Solar system", "solar-system", "Planets", "The planets.", ("A. Author",), 2026)
    init.run(folder, new, now=1_780_000_000, quiet=True, out=io.StringIO())
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "A new deck")


def _this_repository(folder: Path) -> None:
    for name in ("cards", "dist", "schema", "tools", "changes"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "All")
    _git(folder, "tag", "v1.0.0")


PLACES = {"an empty folder": lambda folder: None, "a new deck": _a_new_deck, "this repository": _this_repository}


@pytest.fixture
def environment(tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    stubs = STUBS | {"deckgen": f'exec "{sys.executable}" -m deckgen "$@"'}
    for name, line in stubs.items():
        (tools / name).write_text(f"#!/bin/sh\n{line}\n")
        (tools / name).chmod(0o755)
    source = str(Path(deckgen.__file__).parents[1])
    who = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", "A"), ("EMAIL", "a@b.example"))
    }
    return {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "PYTHONPATH": source,
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        **who,
    }


@pytest.mark.parametrize(
    "page", [page for page in PAGES if _BLOCK.search(page.read_text(encoding="utf-8"))], ids=lambda page: page.stem
)
def test_every_command_of_a_page_runs(page, tmp_path, environment):
    text = page.read_text(encoding="utf-8")
    place = _PLACE.search(text)
    folder = tmp_path / "here"
    folder.mkdir()
    PLACES[place[1] if place else "this repository"](folder)
    script = "\n".join(f"{step.command}\nprintf '\\n@@%s\\n' $?" for step in steps_of(text))
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", script], cwd=folder, env=environment, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    outputs = re.split(r"\n@@(\d+)\n", done.stdout)
    for step, printed, code in zip(steps_of(text), outputs[::2], outputs[1::2], strict=False):
        fails = any(": error: " in line for line in step.output)
        assert (code != "0") == fails, f"{step.command}\n{printed}\n{done.stderr}"
        _holds(step, printed + ("\n" + done.stderr if fails else ""))
    assert len(outputs) // 2 == len(steps_of(text)), done.stderr


def _holds(step: Step, printed: str) -> None:
    lines = iter(line.strip() for line in printed.splitlines())
    for wanted in step.output:
        if wanted != "...":
            assert any(line == wanted for line in lines), f"{step.command}\ndid not print: {wanted}\nbut: {printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_is_mentioned_exists(page):
    text = re.sub(r"^```yaml\n.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    wrong = []
    for code in _CODE.findall(text):
        for name, rest in _MENTION.findall(code):
            command = cli.commands.get(name)
            if command is None:
                wrong.append(f"deckgen {name}")
                continue
            known = {opt for option in command.params for opt in (*option.opts, *option.secondary_opts)} | {
                "-h",
                "--help",
            }
            given = re.findall(r"(?<= )--?[a-zA-Z][\w-]*", re.sub(r"\"[^\"]*\"|'[^']*'", "", rest))
            wrong += [f"deckgen {name} {option}" for option in given if option not in known]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    gone = [
        link
        for link in links
        if not re.match(r"[a-z]+:|#", link) and not (page.parent / link.partition("#")[0]).exists()
    ]
    assert gone == []


def test_nothing_says_to_install_another_program_of_that_name() -> None:
    """`pip install deckgen` finds a package that is not ours: every mention names the repository."""
    told = [
        (path.relative_to(ROOT), line)
        for folder in (ROOT / "docs", ROOT / "src" / "deckgen", ROOT / ".github")
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".md", ".yml", ".yaml", ".py", ".html")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"pip install ['\"]?deckgen(?!\[\w+\] @ git\+https)", line)
    ]
    allowed = {Path("docs/tutorial.md"), Path("docs/explanation/dependencies.md")}
    assert [line for path, line in told if path not in allowed] == []
