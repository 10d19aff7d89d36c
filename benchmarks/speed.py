"""How fast deckgen is beside the plain ways of doing the same: ``speed.py [--sizes 1000,10000] [--rounds 3]``.

Every round runs all cases one after another, each in a process of its own; what is printed are medians of the rounds
and ratios within the run. R is the plain script: PyYAML to dicts, a few checks, genanki with its defaults.
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
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"


@dataclass(frozen=True)
class Measure:
    """Seconds on the clock, seconds of all processors, and the peak of memory in MB."""

    clock: float
    processor: float
    peak: float


def run(arguments: Sequence[str], folder: Path) -> tuple[Measure, str]:
    """A Python process from its start to its end. Raises SystemExit if it fails."""
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(SOURCE), str(HERE))), "HOME": str(folder / "home")}
    environ.pop("XDG_CACHE_HOME", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    out = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}\n{out[-2000:]}")
    return Measure(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), out


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
    return command("check", "--quiet")(folder)


CASES: dict[str, Callable[[Path], Measure]] = {
    "R": lambda folder: run([str(HERE / "cases.py"), "R", "cards"], folder)[0],
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


def table(size: int, what: str, found: dict[str, Measure]) -> str:
    lines = [f"\n## {size:,} notes, {what}\n", "| what | s | processor s | MB | ratio |", "|---|---|---|---|---|"]
    for name, item in found.items():
        other = BESIDE.get(name, "R")
        ratio = (
            f"{item.clock / found[other].clock:.2f} of {other.split()[0]}" if other in found and other != name else ""
        )
        lines.append(f"| {name} | {item.clock:.2f} | {item.processor:.2f} | {item.peak:.0f} | {ratio} |")
    return "\n".join(lines)


def startup(rounds: int, folder: Path) -> str:
    cases = {"import click": ["-c", "import click"], "deckgen --help": ["-m", "deckgen", "--help"]}
    found = {name: min(run(arguments, folder)[0].clock for _ in range(rounds * 5)) for name, arguments in cases.items()}
    ratio = found["deckgen --help"] / found["import click"]
    return "\n## Start\n\n" + ", ".join(f"{name}: {1000 * s:.0f} ms" for name, s in found.items()) + f" ({ratio:.1f})"


def processor() -> str:
    """The name of the processor, where the system tells it."""
    known = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", known.read_text()) if known.exists() else None
    return found[1] if found else platform.machine()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of notes, with commas")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", help="cases, with commas")
    parser.add_argument("--automatic", action="store_true", help="facts without marks: deckgen chooses the blanks")
    options = parser.parse_args()
    python = f"Python {platform.python_version()}, {platform.system()}, {len(os.sched_getaffinity(0))} processors"
    print(f"{python}, {processor()}, load {os.getloadavg()[0]:.1f}", flush=True)
    wanted = (
        options.only.split(",") if options.only else [name for name in CASES if not (options.automatic and name == "R")]
    )
    with tempfile.TemporaryDirectory() as top:
        for size in map(int, options.sizes.split(",")):
            folder = Path(top) / str(size)
            folder.mkdir()
            kind = "automatic" if options.automatic else "marked"
            # In a process of its own, since the peak of a child begins at that of its parent.
            run([str(HERE / "banks.py"), str(size), "cards", kind], folder)
            print(table(size, f"{kind} facts", measure(folder, options.rounds, wanted)), flush=True)
            spent = json.loads(run([str(HERE / "cases.py"), "stages", "cards"], folder)[1].splitlines()[0])
            print("\nstages, s: " + ", ".join(f"{name} {seconds:.2f}" for name, seconds in spent.items()), flush=True)
        print(startup(options.rounds, Path(top)))


if __name__ == "__main__":
    main()
