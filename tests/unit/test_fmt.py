"""The canonical layout of bank files."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.fmt import UnformattableError, formatted
from deckgen.source import Source
from decks import deckgen, write_deck


def laid_out(text: str, name: str = "topic.yaml") -> str:
    once = formatted(Source(f"cards/law/{name}", text))
    assert formatted(Source(f"cards/law/{name}", once)) == once
    return once


def test_keys_come_in_order_with_their_comments() -> None:
    text = """facts:
- tags: [a]
  # what it says
  fact: Rain is {{c1::water}}.  # known to all
  id: rain
tags:   [weather]
topic: "Rain"
"""
    assert (
        laid_out(text)
        == """topic: Rain
tags: [weather]

facts:
  - id: rain
    # what it says
    fact: Rain is {{c1::water}}.  # known to all
    tags: [a]
"""
    )


def test_one_blank_line_between_entries_and_none_inside() -> None:
    text = (
        "topic: T\nfacts:\n  - id: a\n\n    fact: x\n  # about b\n"
        "  - id: b\n    fact: y\n\n\n\n  - id: c\n    fact: z\n"
    )
    assert laid_out(text) == (
        "topic: T\n\nfacts:\n  - id: a\n    fact: x\n\n  # about b\n  - id: b\n    fact: y\n\n  - id: c\n    fact: z\n"
    )


def test_sections_keep_their_order_which_is_that_of_learning() -> None:
    text = "questions:\n  - id: q\n    question: x\n    answer: y\n\nfacts:\n  - id: f\n    fact: z\ntopic: T\n"
    assert laid_out(text).index("questions") < laid_out(text).index("facts")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ('"Human IgG4"', "Human IgG4"),
        ("'Human IgG4'", "Human IgG4"),
        ("'It''s so: yes'", '"It\'s so: yes"'),
        ('"206"', '"206"'),
        ('"No"', '"No"'),
        ("No", "No"),
        ("010", "010"),
        ('"# no comment"', '"# no comment"'),
        ("'{{c1::Rain}} falls'", '"{{c1::Rain}} falls"'),
        ('"a\\tb"', '"a\\tb"'),
        ("'say \"x\": now'", "'say \"x\": now'"),
        ('"ends with colon:"', '"ends with colon:"'),
        ('"a # b"', '"a # b"'),
        ('"a#b"', "a#b"),
        ('"- no list"', '"- no list"'),
    ],
)
def test_quotes_only_where_they_are_needed(written: str, wanted: str) -> None:
    text = f"topic: T\n\nquestions:\n  - id: q\n    question: x\n    answer: {written}\n"
    assert laid_out(text) == text.replace(written, wanted)


def test_quotes_in_brackets() -> None:
    text = 'topic: T\n\nfacts:\n  - id: f\n    fact: x y z\n    hide: ["x" ,\'z\',"a, b", "1"]\n'
    assert 'hide: [x, z, "a, b", "1"]\n' in laid_out(text)


def test_texts_of_several_lines_stay_as_their_author_broke_them() -> None:
    text = """topic: T

facts:
   - id: a
     fact: >-
         one
         two

         three
     explanation: |
          first
            indented

          last
   - id: b
     fact: plain text that
       goes on
     explanation:
         "quoted text that

         goes on"
"""
    assert (
        laid_out(text)
        == """topic: T

facts:
  - id: a
    fact: >-
      one
      two

      three
    explanation: |
      first
        indented

      last

  - id: b
    fact: plain text that
      goes on
    explanation: "quoted text that

      goes on"
"""
    )


def test_long_lists_are_written_one_item_a_line() -> None:
    items = ", ".join(f"source-number-{number}#page {number}" for number in range(8))
    shown = laid_out(f"topic: T\n\nfacts:\n  - id: f\n    fact: x\n    sources: [{items}]\n")
    assert "    sources:\n      - source-number-0#page 0\n      - source-number-1#page 1\n" in shown


def test_comments_at_the_end_of_a_section_stay_there() -> None:
    text = (
        "topic: T\n\nfacts:\n  - id: f\n    fact: x\n  # - id: old\n\n# questions follow\n"
        "questions:\n  - id: q\n    question: x\n    answer: y\n# the end\n"
    )
    assert laid_out(text) == text


def test_comments_inside_brackets_stay() -> None:
    text = "topic: T\n\nfacts:\n  - id: f\n    fact: x\n    hide: [\n      x,  # this one\n      y\n    ]\n"
    assert "# this one" in laid_out(text)


def test_an_ignore_comment_of_an_entry_stays_on_its_first_line() -> None:
    text = "topic: T\n\nfacts:\n  - fact: x  # deckgen: ignore[no-source]\n    id: f\n"
    assert laid_out(text) == "topic: T\n\nfacts:\n  - id: f  # deckgen: ignore[no-source]\n    fact: x\n"


def test_a_comment_between_key_and_text_stays_on_the_line_of_the_key() -> None:
    text = "topic: T\n\nfacts:\n  - id: f\n    fact:  # deckgen: ignore[no-source]\n      one\n      two\n"
    assert laid_out(text) == text


def test_the_glossary_keeps_its_headings() -> None:
    text = "# Terms.\n\n# Cytokines\n\nIL-4:\n  class: cytokine\n  aliases: [IL4]\nIL-13: {class: cytokine}\n"
    wanted = "# Terms.\n\n# Cytokines\n\nIL-4:\n  aliases: [IL4]\n  class: cytokine\n\nIL-13: {class: cytokine}\n"
    assert laid_out(text, "glossary.yaml") == wanted


def test_rows_keep_their_order() -> None:
    text = (
        "topic: T\n\nquestions:\n  - id: t\n    question: x\n    columns: [A]\n    rows:\n      z: [1]\n      a: [2]\n"
    )
    assert laid_out(text) == text


def test_kept_line_breaks_at_the_end_stay() -> None:
    text = "topic: T\n\nfacts:\n  - id: a\n    fact: |+\n      rain\n\n"
    assert laid_out(text) == text


def test_line_endings_stay() -> None:
    assert laid_out("topic:   T\r\nfacts: []\r\n") == "topic: T\r\n\r\nfacts: []\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "topic: T\nfacts:\n  - id: a\n    fact: &x One\n  - id: b\n    fact: *x\n",
        "topic: T\nfacts: [\n",
        "- a\n- b\n",
        "",
        "? topic\n: T\n",
    ],
)
def test_what_cannot_be_laid_out_is_refused(text: str) -> None:
    with pytest.raises(UnformattableError):
        formatted(Source("topic.yaml", text))


def test_check_writes_nothing_and_fails(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"rain.yaml": "topic:   Rain\n"})
    before = (folder / "rain.yaml").read_bytes()
    run = deckgen(tmp_path, "fmt", "--check")
    assert run.code == 1
    assert "cards/law/rain.yaml would change" in run.out
    assert (folder / "rain.yaml").read_bytes() == before


def test_diff_shows_what_would_change(tmp_path: Path) -> None:
    write_deck(tmp_path, {"rain.yaml": "topic:   Rain\n"})
    run = deckgen(tmp_path, "fmt", "--diff", "cards/law/rain.yaml")
    assert (run.code, run.out.split("\n")[-4:-2]) == (0, ["-topic:   Rain", "+topic: Rain"])


def test_fmt_writes_and_is_then_content(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"rain.yaml": "topic:   Rain\n"})
    assert deckgen(tmp_path, "fmt").code == 0
    assert (folder / "rain.yaml").read_text() == "topic: Rain\n"
    assert deckgen(tmp_path, "fmt", "--check").code == 0


def test_a_file_with_mistakes_is_left_alone(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, {"rain.yaml": "topic:Rain\n"})
    run = deckgen(tmp_path, "fmt")
    assert run.code == 1
    assert "cards/law/rain.yaml is left as it is" in run.err
    assert (folder / "rain.yaml").read_text() == "topic:Rain\n"


def test_a_text_may_end_in_a_question_mark() -> None:
    assert laid_out("topic: Why?\ntags: [a]\n# really?\nsources: [b]\n").startswith("topic: Why?\ntags: [a]\n")


@pytest.mark.parametrize("text", ["? topic\n: a\n", "?\n topic\n: a\n", "topic: a\n? tags\n: [b]\n"])
def test_a_key_apart_from_its_colon_is_left_alone(text: str) -> None:
    with pytest.raises(UnformattableError, match="does not fit on a line"):
        laid_out(text)


CARDS = Path(__file__).parents[2] / "cards"


@pytest.mark.parametrize("path", sorted(CARDS.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_banks_of_this_repository_are_in_canonical_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(Source(path.name, text)) == text
