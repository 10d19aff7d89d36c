"""What the fuzzers share: where they begin, what limits them, and how a find is shown."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
LIMITS = ("-max_total_time=600", "-rss_limit_mb=500", "-timeout=10", "-max_len=60000", "-print_final_stats=1")
"""Ten minutes, 500 MB, and ten seconds for one input; options given on the command line come later and win."""
YAML = ("id: ", "fact: ", "question: ", "answer: ", "facts:\n  - ", "questions:\n  - ", "topic: ", "|\n", ">-\n")
"""Words that random bytes would hardly ever spell."""
MARKUP = ("{{c1::", "::hint}}", "}}", "$$", "**", "![](", "](", "[[type:", "[sound:", "\\(", "```\n", "|-|-|\n", "<b>")
SVG = ("<svg", ' xmlns="http://www.w3.org/2000/svg"', "<style>", "href=", "url(#", "<!DOCTYPE", "<?xml", "&#", "]]>")


def text_of(data: bytes) -> str:
    """Bytes as text without surrogates."""
    return data.decode("utf-8", "replace")


def banks() -> Iterator[bytes]:
    """The banks of this repository in pieces: small inputs are changed faster, and in more ways that count."""
    for path in sorted((*ROOT.glob("cards/*/*.yaml"), *ROOT.glob("tests/rules/*/*.yaml"))):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for first in range(0, min(len(lines), 400), 40):
            yield ("" if first == 0 else "facts:\n").encode() + "".join(lines[first : first + 40]).encode()


def run(target: Callable[[bytes], None], seeds: Iterable[bytes] = (), words: Iterable[str] = ()) -> None:
    """Feed a target inputs grown from the seeds and from words until libFuzzer's options say stop.

    What ends a run is written beside the folder of inputs, whose name is printed. A file or folder given on the command
    line stands in for the seeds.
    """
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    (folder / "inputs").mkdir()
    for number, seed in enumerate(seeds):
        (folder / "inputs" / f"seed-{number:04}").write_bytes(seed)
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words)
    dictionary = "".join(f'"{word}"\n' for word in quoted) or "# no words\n"
    (folder / "words").write_text(dictionary, encoding="ascii")
    options = [*LIMITS, f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/find-"]
    sys.stderr.write(f"inputs and finds in {folder}\n")
    named = any(not argument.startswith("-") for argument in sys.argv[1:])
    places = () if named else (str(folder / "inputs"),)
    atheris.Setup([sys.argv[0], *options, *sys.argv[1:], *places], target)
    atheris.Fuzz()
