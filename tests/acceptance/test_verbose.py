"""`--verbose`: what a command does, told on standard error; all else stays as it is."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from deckgen.commands import preview
from deckgen.telling import Telling
from decks import START, deckgen, write_deck

TORTS = "topic: Torts\nfacts:\n  - {id: a, fact: Contracts bind two parties., sources: [code#1]}\n"
CRIMES = "topic: Crimes\nquestions:\n  - {id: b, question: Who is tried?, answer: The accused, sources: [code#2]}\n"
LINE = re.compile(r"(.*) \((\d+\.\d{3}) s\)")


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    write_deck(tmp_path, {"torts.yaml": TORTS, "crimes.yaml": CRIMES})
    return tmp_path


def told(root: Path, *arguments: str) -> list[str]:
    """What was told, without the times."""
    run = deckgen(root, *arguments)
    assert run.code == 0, run.err
    *lines, last = run.err.splitlines()
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), run.err
    times = [float(match[2]) for match in found if match]
    total = re.fullmatch(r"total: (\d+\.\d{3}) s", last)
    assert total
    assert sum(times) <= float(total[1]) + 0.001 * len(times)
    return [match[1] for match in found if match]


def test_build_tells_what_it_reads_makes_and_writes(root):
    assert told(root, "build", "-v") == [
        "looked for changes since the last run",
        "cards/law: bank files: 2 read, 0 of them taken from the cache",
        "cards/law: lock: none yet",
        "cards/law: entries: 2 composed, 0 taken from the cache",
        "cards/law: notes: 2, of which 2 new or changed",
        f"cards/law: package: {(root / 'dist/law.apkg').stat().st_size:,} bytes",
        "cards/law/deck.lock: written",
        "dist/law.apkg: written",
        "remembered for the next run",
    ]
    assert told(root, "build", "--verbose") == ["nothing has changed since the last run: what it said is repeated"]


def test_build_tells_what_comes_from_the_cache(root):
    bank = root / "cards/law/crimes.yaml"
    for more in ("", ", explanation: By a judge.", ", explanation: By a court."):
        bank.write_text(CRIMES.replace(", sources", f"{more}, sources"))
        lines = told(root, "build", "-v")
    assert "cards/law: bank files: 2 read, 1 of them taken from the cache" in lines
    assert "cards/law: lock: 2 notes" in lines
    assert "cards/law: entries: 1 composed, 1 taken from the cache" in lines


def test_build_tells_what_it_leaves_as_it_is(root):
    told(root, "build", "-v")
    (root / "dist/law.apkg").unlink()
    lines = told(root, "build", "-v")
    assert "cards/law: notes: 2, of which 0 new or changed" in lines
    assert "cards/law/deck.lock: as it was" in lines
    assert "dist/law.apkg: written" in lines
    assert "held against the files that are there" in told(root, "build", "-v", "--locked", "--check")


def test_build_tells_of_the_rules_that_may_stop_it(root):
    bank = root / "cards/law/crimes.yaml"
    bank.write_text(CRIMES.replace("Crimes\n", "Crimes  # deckgen: ignore[no-source]\n"))
    assert [line for line in told(root, "build", "-v") if "rules" in line] == []
    (root / "cards/law/deck.yaml").write_text("id: law\nname: Law\nrules: {no-source: error}\n")
    assert "cards/law: rules: 1 run" in told(root, "build", "-v")


def test_check_tells_which_rules_it_runs_and_its_answer_stays_whole(root):
    run = deckgen(root, "check", "--verbose", "--format", "json")
    assert json.loads(run.out)["errors"] == 0
    assert re.search(r"^cards/law: rules: \d{2} run \(", run.err, re.MULTILINE)


def test_check_tells_what_it_mends(root):
    bank = root / "cards/law/crimes.yaml"
    bank.write_text("topic: Crimes\nquestions:\n  - question: Who is tried?\n    answer: A\n    sources: [code]\n")
    assert "cards/law/crimes.yaml: 1 mended, written" in told(root, "check", "--fix", "-v")


def test_decks_that_are_held_against_each_other_are_counted(root):
    deck = "id: tax\nname: Tax\n"
    write_deck(root, {"deck.yaml": deck, "t.yaml": TORTS.replace("two", "all")}, name="tax")
    lines = told(root, "check", "-v")
    assert "2 decks held against each other" in lines
    assert len([line for line in lines if ": rules: " in line]) == 2


def test_release_tells_what_it_compares_and_keeps(root):
    lines = told(root, "release", "-v")
    assert lines[-2:] == ["law: held against what learners have", "dist/releases/law-1.0.0.apkg: written"]
    assert "dist/law.apkg: written" in lines


def test_preview_tells_what_it_makes(root):
    told(root, "build", "-v")
    lines = told(root, "preview", "-v", "--since", "dist/law.apkg")
    assert lines[0] == "dist/law.apkg: read, to mark what has changed since"
    assert re.fullmatch(r"site: [\d]+ files for 2 entries", lines[-2])
    assert lines[-1] == "preview: written"


COMMANDS = [("build",), ("check",), ("release",), ("preview",), ("rehearse", "dist/law.apkg", "dist/law.apkg")]


@pytest.mark.parametrize("command", [command for command in COMMANDS if command[0] != "rehearse"])
def test_verbose_and_quiet_contradict_each_other(root, command):
    run = deckgen(root, *command, "--verbose", "--quiet")
    assert run.code == 2
    assert "--verbose and --quiet" in run.err
    assert not (root / "dist").exists()


@pytest.mark.parametrize("command", [command for command in COMMANDS if command[0] != "rehearse"])
def test_nothing_else_changes(root, command, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    write_deck(other, {"torts.yaml": TORTS, "crimes.yaml": CRIMES})
    plain, verbose = deckgen(other, *command, epoch=1), deckgen(root, *command, "-v", epoch=1)
    assert plain.err == ""
    assert verbose.out == plain.out
    assert verbose.code == plain.code
    for made in ("dist/law.apkg", "cards/law/deck.lock"):
        paths = (root / made, other / made)
        assert paths[0].exists() == paths[1].exists()
        assert not paths[0].exists() or paths[0].read_bytes() == paths[1].read_bytes()


def test_the_answer_of_the_last_run_is_the_same_for_both(root):
    first = deckgen(root, "check", "-v")
    assert deckgen(root, "check").out == first.out
    assert told(root, "check", "-v") == ["nothing has changed since the last run: what it said is repeated"]


def test_wrong_use_has_no_total(root):
    run = deckgen(root, "build", "nowhere", "-v")
    assert run.code == 2
    assert "total" not in run.err


def test_rehearse_tells_the_days_of_its_learner(root):
    told(root, "release", "-v")
    package = "dist/law.apkg"
    lines = told(root, "rehearse", package, package, "--days", "2", "--scheduler", "fsrs", "-v")
    assert lines == [
        "law.apkg: imported by a newcomer",
        "law.apkg: imported by a newcomer",
        "fsrs: law.apkg imported",
        "fsrs: 2 days of study, then edits",
        "fsrs: law.apkg imported over it",
        "fsrs: what was kept compared",
    ]


def test_a_quiet_release_says_nothing_but_what_is_wrong(root):
    run = deckgen(root, "release", "--quiet", "--notes", "notes.md")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert (root / "notes.md").read_text().startswith("#")
    assert deckgen(root, "release", "-q").code == 2, "the version was not raised"
    (root / "cards/law/crimes.yaml").write_text("topic: Crimes\nquestions: [1]\n")
    (root / "cards/law/deck.yaml").write_text("id: law\nname: Law\nversion: 1.1.0\n")
    run = deckgen(root, "release", "-q")
    assert run.code == 1
    assert "crimes.yaml:2:13: error" in run.err


def test_a_server_tells_of_each_save_and_leaves_the_waiting_out_of_its_stages(root, monkeypatch):
    out, err = io.StringIO(), io.StringIO()
    now = iter(range(1000))

    def saves(_watcher):
        (root / "cards/law/crimes.yaml").write_text(CRIMES.replace("Who", "By whom"))
        yield None
        raise KeyboardInterrupt

    monkeypatch.setattr(preview.Watcher, "saves", saves)
    telling = Telling(err, lambda: float(next(now)))
    options = preview.Options(root / "cards", (), None, lambda: START, bar=telling)
    assert preview.serve(options, 0, browse=False, out=out, err=err) == 0
    lines = [LINE.fullmatch(line)[1] for line in err.getvalue().splitlines()]
    assert sum(line.startswith("site: ") for line in lines) == 2
    assert lines.index("waited for a save") == len(lines) // 2
