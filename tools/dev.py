#!/usr/bin/env python3
"""Set everything up in `.venv` and run one of the project's own jobs.

    python3 tools/dev.py build      install deckgen, build every deck to dist/
    python3 tools/dev.py test       install deckgen with its tests' needs, run the whole suite
    python3 tools/dev.py lint       ruff: rules and format
    python3 tools/dev.py types      mypy, strict
    python3 tools/dev.py bench      how fast deckgen is beside a plain script, genanki and Anki
    python3 tools/dev.py check      every mistake in the banks, warnings included
    python3 tools/dev.py settled    what maintainers do after a merge was done: lock, second reader, coverage map

What follows the job is handed on: `python3 tools/dev.py test -k cloze`. Needs Python 3.11 or later, its venv and
pip, and a connection to install packages the first time.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / ("python.exe" if sys.platform == "win32" else "python")
JOBS = {
    "build": [["-m", "deckgen", "build"]],
    "check": [["-m", "deckgen", "check", "--strict"]],
    "settled": [
        ["-m", "deckgen", "build", "--locked"],
        ["-m", "deckgen", "verify", "--check"],
        ["tools/coverage_map.py", "--check"],
    ],
    "test": [["-m", "pytest", "-n", "auto"]],
    "lint": [["-m", "ruff", "check", "."], ["-m", "ruff", "format", "--check", "."]],
    "types": [["-m", "mypy"]],
    "bench": [["benchmarks/speed.py"]],
}
LEAN = frozenset({"build", "check", "settled"})


def install(*, lean: bool) -> None:
    """Make the virtual environment and install what the job needs, once for each state of pyproject.toml."""
    state = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamps = {name: VENV / f".installed-{name}" for name in ("lean", "full")}
    done = {name for name, stamp in stamps.items() if stamp.is_file() and stamp.read_text() == state}
    if "full" in done or (lean and "lean" in done):
        return
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    pip(["--upgrade", "pip>=25.1"])
    pip(
        ["--editable", str(ROOT)]
        if lean
        else ["--editable", f"{ROOT}[anki,preview,stats]", "--group", f"{ROOT / 'pyproject.toml'}:dev"]
    )
    stamps["lean" if lean else "full"].write_text(state)


def pip(arguments: list[str]) -> None:
    """Install with the environment's own pip."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True)


def main() -> int:
    """Run the job named on the command line; its exit code is ours."""
    job, *rest = sys.argv[1:] or ["help"]
    if job not in JOBS:
        known = job in {"help", "-h", "--help"}
        print(__doc__ if known else f"there is no job {job!r}; there are {', '.join(JOBS)}")
        return 0 if known else 2
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before anything checked the version
        print("deckgen needs Python 3.11 or later")
        return 2
    install(lean=job in LEAN)
    for index, arguments in enumerate(JOBS[job]):
        last = index == len(JOBS[job]) - 1
        code = subprocess.run([str(PYTHON), *arguments, *(rest if last else [])], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
