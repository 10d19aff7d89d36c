"""Every fuzzer's target for a moment, with inputs by Hypothesis: pieces of what it reads, and whatever else."""

from __future__ import annotations

import packages
import targets
from hypothesis import given, settings
from hypothesis import strategies as st

PIECES = (
    *("topic: T\n", "facts:\n", "questions:\n", "  - id: a\n", "    fact: ", "    answer: ", "    rows:\n"),
    *("|\n", ">2-\n", "&a ", "*a", "!!b ", "- ", "# x\n", ", ", ": ", "---\n", "[", "{", "}", "]", "'", '"'),
    *("{{c1::", "::h}}", "}}", "$", "$$", "**", "![", "](a.png)", "[[type:", "[sound:", "`", "|-|-|\n"),
    *("\t", "\r\n", "\\", "\\u", "\ufeff", "\u202e"),
)
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join)
SVG = (
    *("<svg>", '<svg xmlns="http://www.w3.org/2000/svg">', "</svg>", "<style>", "</style>", "<a href='", "#b'/>"),
    *("<!DOCTYPE svg [", "<!ENTITY a 'b'>", "]>", "&a;", "<?xml version='1.0' encoding='", "utf-16'?>", "<![CDATA["),
)
MANY = settings(max_examples=300, deadline=None)


@MANY
@given(TEXT)
def test_reader(text: str) -> None:
    targets.reader(text)


@MANY
@given(TEXT)
def test_markup(text: str) -> None:
    targets.markup(text)


@MANY
@given(TEXT, st.lists(st.integers(0, 300), max_size=12))
def test_cloze(text: str, places: list[int]) -> None:
    targets.cloze(text, places)


@MANY
@given(st.lists(st.sampled_from(SVG) | st.text(max_size=8), max_size=20).map("".join))
def test_svg(text: str) -> None:
    targets.svg(text.encode("utf-8", "surrogatepass"))


@MANY
@given(TEXT)
def test_lock(text: str) -> None:
    targets.lock(text)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(packages.seeds())), st.data())
def test_package(seed: bytes, data: st.DataObject) -> None:
    """A sound package with some bytes of it cut out or replaced."""
    made = bytearray(seed)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(made)))
        made[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    targets.package(packages.package(bytes(made)))
