"""Pull requests from a fork, with git alone and the steps of the workflows themselves."""

from __future__ import annotations

import datetime
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from deckgen.commands import build, init, new, verify
from deckgen.newentry import Draft
from deckgen.scaffold import NewDeck, files
from deckgen.workspace import DeckFolder, find_decks

ROOT = Path(__file__).parents[2]
NOW = 1_780_000_000
DECK = NewDeck("Planets", "planets", "Inner planets", "All about planets.", ("A. Author",), 2026)
MOONS = Draft(
    fact="Mars has two moons: Phobos and Deimos.", id="moons", hide=("Phobos", "Deimos"), sources=("this-deck#1",)
)

WORKFLOWS = {
    **{path.name: path.read_text() for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))},
    "action.yml": (ROOT / "action.yml").read_text(),
    "a new deck's": files(DECK)[".github/workflows/deck.yml"],
}


def _steps(text: str) -> list[dict]:
    value = yaml.safe_load(text)
    if "runs" in value:
        return value["runs"]["steps"]
    return [step for job in value["jobs"].values() for step in job["steps"]]


# What the workflows may do


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned(name):
    for step in _steps(WORKFLOWS[name]):
        assert "uses" not in step or re.fullmatch(r"\./|[\w.-]+/[\w.-]+@[0-9a-f]{40}", step["uses"]), step


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_text_of_an_event_is_put_into_a_script(name):
    assert [step["run"] for step in _steps(WORKFLOWS[name]) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", [name for name in WORKFLOWS if name != "action.yml"])
def test_a_fork_gets_no_rights_and_no_secrets(name):
    value = yaml.safe_load(WORKFLOWS[name])
    assert value["permissions"] == {"contents": "read"}
    assert set(value[True]) <= {"pull_request", "push"}
    assert "secrets" not in WORKFLOWS[name].replace("no secrets", "").replace("without secrets", "")
    assert all("permissions" not in job for job in value["jobs"].values())
    checkouts = [step for step in _steps(WORKFLOWS[name]) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


# What they say


def _git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _commit(folder: Path, message: str) -> str:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", message)
    return _git(folder, "rev-parse", "HEAD")


@pytest.fixture
def upstream(tmp_path):
    """The deck's own repository, with a released fact in it."""
    folder = tmp_path / "upstream"
    init.run(folder, DECK, now=NOW, quiet=True, out=io.StringIO())
    _new(folder, MOONS)
    decks = find_decks(folder / "cards")
    assert build.run(decks, build.Options(folder / "dist", NOW), io.StringIO(), io.StringIO()) == 0
    _git(tmp_path, "init", "--quiet", "--initial-branch=main", str(folder))
    _commit(folder, "a deck")
    return folder


def _new(folder: Path, draft: Draft) -> None:
    deck = DeckFolder("planets", folder / "cards" / "planets", "cards/planets")
    wish = new.Wish(draft, topic="inner-planets", quiet=True)
    assert new.run(deck, wish, None, now=NOW, out=io.StringIO(), err=io.StringIO()) == 0


@pytest.fixture
def pull_request(upstream, tmp_path):
    """A change made in a fork, merged for trial as the host does it, and given to the steps of the workflow."""

    def run(change) -> tuple[int, str, str]:
        fork, runner = tmp_path / "fork", tmp_path / "runner"
        _git(tmp_path, "clone", "--quiet", str(upstream), str(fork))
        _git(fork, "switch", "--quiet", "--create", "change")
        change(fork)
        _commit(fork, "a change")
        (upstream / "README.md").write_text("something else happened meanwhile\n")
        base = _commit(upstream, "meanwhile")
        _git(tmp_path, "clone", "--quiet", str(upstream), str(runner))
        _git(runner, "pull", "--quiet", "--no-rebase", "--no-edit", str(fork), "change")
        return _run_steps(runner, base)

    return run


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values[found[1]], text)


def _run_steps(runner: Path, base: str, workflow: str = "a new deck's") -> tuple[int, str, str]:
    """Exit code of the report's step, what it printed with the step before it, and the summary."""
    tools = runner.parent / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "deckgen").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m deckgen "$@"\n')
    (tools / "deckgen").chmod(0o755)
    summary, outputs = runner.parent / "summary.md", runner.parent / "outputs"
    env = {"PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(Path(init.__file__).parents[2])}
    env |= {"HOME": str(runner.parent), "LANG": "C.UTF-8"}
    env |= {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(outputs)}
    values = {"github.event.pull_request.base.sha || github.event.before": base}
    values |= {"inputs.base": base, "inputs.cards": "cards", "inputs.output": "report"}
    code, said = 0, ""
    for step in _steps(WORKFLOWS[workflow]):
        name = step.get("name")
        if "run" not in step or name == "Install deckgen":
            continue
        given = {key: _filled(text, values) for key, text in step.get("env", {}).items()}
        script = step["run"].replace("--strict", "--strict --days 2")
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        done = subprocess.run(shell, cwd=runner, env=env | given, capture_output=True, text=True, check=False)
        if name == "Check, build, compare and rehearse":
            code = done.returncode
        else:
            assert done.returncode == 0 or step.get("continue-on-error"), (name, done.stderr)
        if "id" in step:
            made = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
            values |= {f"steps.{step['id']}.outputs.{key}": value for key, value in made.items()}
        said += done.stdout + done.stderr
    return code, said, summary.read_text(encoding="utf-8")


def _bank(folder: Path) -> Path:
    return folder / "cards" / "planets" / "inner-planets.yaml"


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_good_one_is_green_and_shows_its_cards(pull_request, tmp_path):
    def change(fork):
        _new(fork, Draft(question="Which planet is red?", answer="Mars", sources=("this-deck#2",)))

    code, _, summary = pull_request(change)
    assert code == 0
    assert summary.startswith("# Sound\n")
    assert "| Changes | 1 added |" in summary
    assert "- Which planet is red? (`which-planet-is-red`)" in summary
    assert re.search(r"kept: ([\d,]+) of \1 reviews", summary)
    assert (tmp_path / "runner" / "report" / "preview" / "index.html").is_file()


BOTH = pytest.mark.parametrize("workflow", ["a new deck's", "action.yml"])
NOBODYS = "0123456789abcdef0123456789abcdef01234567"
"""A commit that is nowhere, such as one that a force push took out of the branch long ago."""


@BOTH
def test_the_first_push_is_all_new_and_shows_its_cards(upstream, tmp_path, workflow):
    code, _, summary = _run_steps(upstream, "0" * 40, workflow)
    assert code == 0
    assert re.search(r"\| Changes \| \d+ added \|", summary)
    assert (upstream / "report" / "preview" / "index.html").is_file()


@BOTH
def test_a_push_over_a_commit_that_is_gone_is_compared_with_the_one_before(upstream, workflow):
    _new(upstream, Draft(question="Which planet is red?", answer="Mars", sources=("this-deck#2",)))
    _commit(upstream, "another entry")
    code, said, summary = _run_steps(upstream, NOBODYS, workflow)
    assert code == 0
    assert "| Changes | 1 added |" in summary
    assert "::notice::" in said
    assert (upstream / "report" / "preview" / "index.html").is_file()


@BOTH
def test_a_push_of_one_commit_over_one_that_is_gone_is_all_new(upstream, workflow):
    code, _, summary = _run_steps(upstream, NOBODYS, workflow)
    assert code == 0
    assert re.search(r"\| Changes \| \d+ added \|", summary)


@BOTH
def test_a_commit_that_only_the_host_still_has_is_brought_from_there(upstream, tmp_path, workflow):
    _new(upstream, Draft(question="Which planet is red?", answer="Mars", sources=("this-deck#2",)))
    lost = _commit(upstream, "an entry that a force push takes out again")
    _git(upstream, "reset", "--quiet", "--hard", "HEAD^")
    runner = tmp_path / "runner"
    _git(tmp_path, "clone", "--quiet", f"file://{upstream}", str(runner))
    code, _, summary = _run_steps(runner, lost, workflow)
    assert code == 1
    assert "the entry `which-planet-is-red` is gone from the banks [vanished-entry]" in summary


def test_one_that_moves_progress_by_the_lock_is_red(pull_request):
    def change(fork):
        lock = fork / "cards" / "planets" / "deck.lock"
        text = lock.read_text()
        swapped = re.sub(r'\[1, ("Phobos", \d+)\], \[2, ("Deimos", \d+)\]', r"[1, \2], [2, \1]", text)
        assert swapped != text
        lock.write_text(swapped)

    code, said, summary = pull_request(change)
    assert code == 1
    assert summary.startswith("# Not sound yet\n")
    assert "under the number 1, which belongs to `Phobos` [moved-progress]" in summary
    assert re.search(r"^::error file=cards/planets/deck\.lock,line=\d+,", said, re.MULTILINE)
    assert "deck.lock) and run `deckgen build`" in summary


def test_one_that_loses_the_lock_is_red(pull_request):
    code, _, summary = pull_request(lambda fork: (fork / "cards" / "planets" / "deck.lock").unlink())
    assert code == 1
    assert "## Broken promises to learners" in summary
    assert "restore deck.lock" in summary


def test_one_that_deletes_an_entry_is_red_even_if_its_line_of_the_lock_goes_too(pull_request):
    def change(fork):
        text = _bank(fork).read_text()
        _bank(fork).write_text(re.sub(r"  - id: moons\n(    .*\n)+", "", text))
        lock = fork / "cards" / "planets" / "deck.lock"
        lock.write_text("".join(line for line in lock.read_text().splitlines(True) if '"moons"' not in line))

    code, _, summary = pull_request(change)
    assert code == 1
    assert "[vanished-entry]" in summary
    assert "withdrawn:" in summary


def test_one_that_deletes_the_deck_is_red(pull_request):
    def change(fork):
        for path in (fork / "cards" / "planets").iterdir():
            path.unlink()
        other = NewDeck("Moons", "moons", "Names", "d", ("a",), 2026)
        init.run(fork, other, now=NOW, quiet=True, out=io.StringIO())

    code, _, summary = pull_request(change)
    assert code == 1
    assert "[vanished-deck]" in summary


def test_one_with_a_wrong_source_key_is_red(pull_request):
    code, said, summary = pull_request(lambda fork: _change(_bank(fork), "this-deck#1", "this-dek#1"))
    assert code == 1
    assert "the source `this-dek` is not in sources.yaml [unknown-source]" in summary
    assert "did you mean `this-deck`?" in summary
    assert re.search(r"^::error file=cards/planets/inner-planets\.yaml,line=\d+,", said, re.MULTILINE)


def test_one_that_mends_what_was_broken_is_green(upstream, pull_request):
    _change(_bank(upstream), "this-deck#1", "this-dek#1")
    _commit(upstream, "a mistake")
    code, _, summary = pull_request(lambda fork: _change(_bank(fork), "this-dek#1", "this-deck#1"))
    assert code == 0
    assert "has errors itself" in summary


def test_warnings_that_were_there_before_are_not_held_against_it(upstream, pull_request):
    _new(
        upstream,
        Draft(question="Is <b>Mars</b> red?", answer="Mars is <i>red</i>", id="bold", sources=("this-deck#1",)),
    )
    _commit(upstream, "warnings")
    code, _, summary = pull_request(lambda fork: _change(_bank(fork), "two moons", "just two moons"))
    assert code == 0
    assert "older warnings are not shown" in summary


def test_what_a_second_reader_has_yet_to_read_is_shown_and_not_held_against_it(upstream, pull_request):
    decks = find_decks(upstream / "cards")
    verify.run(decks, (), everything=True, date=datetime.date(2026, 6, 1), doubt=None, out=io.StringIO())
    _commit(upstream, "everything was read")

    def change(fork):
        _new(fork, Draft(question="Which planet is red?", answer="Mars", sources=("this-deck#2",)))
        _change(_bank(fork), "two moons", "just two moons")

    code, said, summary = pull_request(change)
    assert code == 0
    assert summary.startswith("# Sound\n")
    assert "| Banks | no errors, no warnings |" in summary
    assert "| Second reader | 2 to be read |" in summary
    assert re.search(r"inner-planets\.yaml:\d+:9: no second reader has compared `which-planet-is-red`", summary)
    assert "`moons` has changed since" in summary
    assert "which-planet-is-red" in said
    assert "2 to be read by a second reader" in said


def test_one_with_a_script_in_a_field_is_red(pull_request):
    script = "<script>fetch('https://example.org')</script>"
    code, _, summary = pull_request(lambda fork: _change(_bank(fork), "Mars has", f"Mars {script} has"))
    assert code == 1
    assert "[html-in-text]" in summary
    assert "help: " in summary
    shown = summary.replace("```text", "```").split("```")
    assert all("<script>" not in part.replace("\\<script", "") for part in shown[::2])


def test_nothing_in_a_bank_or_a_name_is_run(pull_request, tmp_path):
    mark = tmp_path / "was-run"

    def change(fork):
        text = f"$(touch {mark}) `touch {mark}` ; touch {mark}\n::error::x ```` ]]>"
        _new(fork, Draft(question=text, answer=text, sources=("this-deck#1",)))
        (fork / "cards" / "planets" / f"$(touch {mark.name}).yaml").write_text("topic: T\n")

    _, said, _ = pull_request(change)
    assert not list(tmp_path.rglob(mark.name))
    commands = [line for line in said.splitlines() if line.startswith("::")]
    assert all(re.match(r"::(?:error|warning) file=cards/", line) for line in commands)
