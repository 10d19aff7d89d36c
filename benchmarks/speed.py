"""How fast deckgen is beside the plain ways of doing the same: ``speed.py [--sizes 1000] [--rounds 3] [--write]``.

Every round runs all cases one after another, each in a process of its own; what is printed, as Markdown, are medians
of the rounds and ratios within the run. R is the plain script on one file: PyYAML to dicts, a few checks, genanki.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from goals import Measure, goal_table
from memory import Peak

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"
PAGE = HERE.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
MANY = 10_000
"""Notes up to which a bank is measured in several rounds."""


def run(arguments: Sequence[str], folder: Path) -> tuple[Measure, str]:
    """A Python process from its start to its end. Raises SystemExit if it fails."""
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(SOURCE), str(HERE))), "HOME": str(folder / "home")}
    environ.pop("XDG_CACHE_HOME", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    peak = Peak(process.pid)
    out = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - start
    together = peak.stop()
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}\n{out[-2000:]}")
    return Measure(clock, used.ru_utime + used.ru_stime, max(together, used.ru_maxrss / 1024)), out


def within(case: str, folder: Path) -> Measure:
    """A case without what it needs as ready data; its peak is that of the whole process."""
    whole, out = run([str(HERE / "cases.py"), case, "cards"], folder)
    inner = json.loads(out.splitlines()[-1])
    return Measure(inner["clock"], inner["processor"], whole.peak)


def command(*arguments: str) -> Callable[[Path], Measure]:
    return lambda folder: run(["-m", "deckgen", *arguments], folder)[0]


def forget(folder: Path) -> None:
    """Back to a repository that was never built."""
    for name in (".deckgen-cache", "dist", "preview"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "cards" / "bench" / "deck.lock").unlink(missing_ok=True)


def edit(folder: Path) -> None:
    """One more word in one file of the deck."""
    path = folder / "cards" / "bench" / "topic-050.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(explanation: \|-\n\s+|explanation: ['\"]?)", r"\1Anew ", text, count=1), encoding="utf-8")


def first_build(folder: Path) -> Measure:
    forget(folder)
    return command("build")(folder)


def first_check(folder: Path) -> Measure:
    forget(folder)
    return command("check", "--quiet")(folder)


def one_changed(folder: Path) -> Measure:
    edit(folder)
    command("build")(folder)
    edit(folder)
    return command("build")(folder)


def checked_after_edit(folder: Path) -> Measure:
    edit(folder)
    command("check", "--quiet")(folder)
    edit(folder)
    return command("check", "--quiet")(folder)


CASES: dict[str, Callable[[Path], Measure]] = {
    "R": lambda folder: run([str(HERE / "cases.py"), "R", "cards"], folder)[0],
    "R on 100 files": lambda folder: run([str(HERE / "cases.py"), "R100", "cards"], folder)[0],
    "genanki packs": lambda folder: within("genanki", folder),
    "raw limit packs": lambda folder: within("raw", folder),
    "Anki adds and exports": lambda folder: within("anki", folder),
    "deckgen packs": lambda folder: within("pack", folder),
    "check": first_check,
    "first build": first_build,
    "nothing changed": command("build"),
    "build after an edit": one_changed,
    "check after an edit": checked_after_edit,
    "preview": command("preview"),
}
BESIDE = {"deckgen packs": "genanki packs", "raw limit packs": "genanki packs", "genanki packs": "R"}


def measure(folder: Path, rounds: int, wanted: Sequence[str]) -> dict[str, Measure]:
    found: dict[str, list[Measure]] = {name: [] for name in wanted}
    for _ in range(rounds):
        for name in wanted:
            found[name].append(CASES[name](folder))
    return {name: _median(measures) for name, measures in found.items()}


def _median(measures: Sequence[Measure]) -> Measure:
    return Measure(
        statistics.median(item.clock for item in measures),
        statistics.median(item.processor for item in measures),
        statistics.median(item.peak for item in measures),
    )


def table(size: int, found: dict[str, Measure]) -> str:
    lines = [f"| {size:,} notes | s | processor s | MB | ratio |", "|---|---|---|---|---|"]
    for name, item in found.items():
        other = BESIDE.get(name, "R")
        ratio = (
            f"{item.clock / found[other].clock:.2f} of {other.split()[0]}" if other in found and other != name else ""
        )
        lines.append(f"| {name} | {item.clock:.2f} | {item.processor:.2f} | {item.peak:.0f} | {ratio} |")
    return "\n".join(lines)


def startup(rounds: int, folder: Path) -> tuple[float, str]:
    """How often `import click` takes as long as help does, and both times."""
    cases = {"import click": ["-c", "import click"], "deckgen --help": ["-m", "deckgen", "--help"]}
    found = {name: min(run(arguments, folder)[0].clock for _ in range(rounds * 5)) for name, arguments in cases.items()}
    said = ", ".join(f"{name}: {1000 * s:.0f} ms" for name, s in found.items())
    return found["deckgen --help"] / found["import click"], said


def chosen(size: int, folder: Path, marked: dict[str, Measure]) -> str:
    """A first build where deckgen chooses the blanks of all facts, beside one where they are marked."""
    folder.mkdir()
    run([str(HERE / "banks.py"), str(size), "cards", "automatic"], folder)
    found, plain = first_build(folder), marked["first build"]
    share = 1 - plain.processor / found.processor
    ratio = f", {found.clock / marked['R'].clock:.1f} R" if "R" in marked else ""
    return (
        f"First build of {size:,} notes where deckgen chooses the blanks of all {size // 2:,} facts: "
        f"{found.clock:.1f} s{ratio}; choosing takes {share:.0%} of the processors' {found.processor:.1f} s."
    )


def processor() -> str:
    """The name of the processor, where the system tells it."""
    known = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", known.read_text()) if known.exists() else None
    return found[1] if found else platform.machine()


def report(sizes: Sequence[int], rounds: int, only: Sequence[str]) -> str:
    """All that is measured, as Markdown."""
    python = f"Python {platform.python_version()}, {platform.system()}, {len(os.sched_getaffinity(0))} processors"
    load = os.getloadavg()[0]
    found: dict[int, dict[str, Measure]] = {}
    parts, stages, automatic = [], [], []
    with tempfile.TemporaryDirectory() as top:
        for size in sizes:
            folder = Path(top) / str(size)
            folder.mkdir()
            # In a process of its own, since the peak of a child begins at that of its parent.
            run([str(HERE / "banks.py"), str(size), "cards", "marked"], folder)
            found[size] = measure(folder, rounds if size <= MANY else 1, only or list(CASES))
            parts.append(table(size, found[size]))
            spent = json.loads(run([str(HERE / "cases.py"), "stages", "cards"], folder)[1].splitlines()[0])
            said = ", ".join(f"{name} {seconds:.2f}" for name, seconds in spent.items())
            stages.append(f"Stages of {size:,} notes in one process, in seconds of a processor: {said}.")
            if size <= MANY and "first build" in found[size]:
                automatic.append(chosen(size, Path(top) / f"{size}-automatic", found[size]))
            shutil.rmtree(folder)
        ratio, start = startup(rounds, Path(top))
    machine = f"{python}, {processor()}; load {load:.1f} at the start, {os.getloadavg()[0]:.1f} at the end."
    goals = goal_table(found, ratio)
    return "\n\n".join((machine, goals, *parts, *stages, *automatic, f"Start: {start}.")) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="10000,100000", help="numbers of notes, with commas")
    parser.add_argument("--rounds", type=int, default=3, help=f"rounds for up to {MANY:,} notes; larger banks get one")
    parser.add_argument("--only", default="", help="cases, with commas")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/explanation/speed.md")
    options = parser.parse_args()
    only = [name for name in options.only.split(",") if name]
    made = report([int(size) for size in options.sizes.split(",")], options.rounds, only)
    print(made, end="")
    if options.write:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{head}{BEGIN}\n\n{made}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
