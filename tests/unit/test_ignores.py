"""Ignore comments: where they count, what they say of themselves, and what is none."""

from __future__ import annotations

from pathlib import Path

from lintbank import check, places

DOUBLED = "the {{c1::Nile}} is is a river of Africa"


def codes(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    return places(check(tmp_path, text))


def test_without_a_comment_it_is_reported(tmp_path: Path) -> None:
    assert codes(tmp_path, f"facts:\n  - id: nile\n    fact: {DOUBLED}\n") == [(3, "doubled-word")]


def test_on_the_line_of_the_text(tmp_path: Path) -> None:
    text = f"facts:\n  - id: nile\n    fact: {DOUBLED}  # deckgen: ignore[doubled-word]\n"
    assert codes(tmp_path, text) == []


def test_on_the_line_where_the_entry_begins(tmp_path: Path) -> None:
    text = f"facts:\n  - id: nile  # deckgen: ignore[doubled-word]\n    fact: {DOUBLED}\n"
    assert codes(tmp_path, text) == []


def test_on_the_line_of_the_key_of_a_block(tmp_path: Path) -> None:
    text = f"facts:\n  - id: nile\n    fact: |  # deckgen: ignore[doubled-word]\n      Of all,\n      {DOUBLED}\n"
    assert codes(tmp_path, text) == []


def test_on_the_line_of_a_key_whose_text_is_on_the_next(tmp_path: Path) -> None:
    text = f"facts:\n  - id: nile\n    fact:  # deckgen: ignore[doubled-word]\n      {DOUBLED}\n"
    assert codes(tmp_path, text) == []


def test_several_codes_in_one_comment(tmp_path: Path) -> None:
    text = (
        "facts:\n  - id: nile  # deckgen: ignore[doubled-word, orphan-pronoun]\n"
        "    fact: It is is a river of Africa, the {{c1::Nile}} of Egypt\n"
    )
    assert codes(tmp_path, text) == []


def test_not_on_a_line_elsewhere_in_the_entry(tmp_path: Path) -> None:
    text = f"facts:\n  - id: nile\n    fact: {DOUBLED}\n    region: EG  # deckgen: ignore[doubled-word]\n"
    assert codes(tmp_path, text) == [(3, "doubled-word"), (4, "unused-ignore")]


def test_not_on_the_line_of_the_section(tmp_path: Path) -> None:
    text = f"facts:  # deckgen: ignore[doubled-word]\n  - id: nile\n    fact: {DOUBLED}\n"
    assert codes(tmp_path, text) == [(1, "unused-ignore"), (3, "doubled-word")]


def test_in_block_text_it_is_content(tmp_path: Path) -> None:
    text = f"facts:\n  - id: nile\n    fact: |\n      {DOUBLED} # deckgen: ignore[doubled-word]\n"
    assert codes(tmp_path, text) == [(4, "doubled-word")]


def test_in_quoted_text_it_is_content(tmp_path: Path) -> None:
    text = f'facts:\n  - id: nile\n    fact: "{DOUBLED} # deckgen: ignore[doubled-word]"\n'
    assert codes(tmp_path, text) == [(3, "doubled-word")]


def test_unknown_code_names_the_nearest(tmp_path: Path) -> None:
    text = "facts:\n  - id: nile\n    fact: A river of Egypt is the {{c1::Nile}}.  # deckgen: ignore[doubled-words]\n"
    found = check(tmp_path, text)
    assert places(found) == [(3, "unknown-ignore")]
    assert found[0].span.text == "doubled-words"
    assert found[0].help == "did you mean `doubled-word`?"


def test_comment_without_a_code(tmp_path: Path) -> None:
    text = "facts:\n  - id: nile\n    fact: A river of Egypt is the {{c1::Nile}}.  # deckgen: ignore\n"
    assert codes(tmp_path, text) == [(3, "unknown-ignore")]


def test_an_error_that_is_no_rule_cannot_be_ignored(tmp_path: Path) -> None:
    text = "facts:\n  - id: nile\n    fact: A river of Egypt is the {{c1::Nile}.  # deckgen: ignore[cloze-syntax]\n"
    assert [code for _, code in codes(tmp_path, text)] == ["cloze-syntax", "unused-ignore"]


def test_in_the_glossary(tmp_path: Path) -> None:
    text = (
        "# glossary.yaml\nhypokalemia: {}  # deckgen: ignore[confusable-terms]\nhyperkalemia: {}\n"
        "# topic.yaml\nfacts:\n"
        "  - id: u\n    fact: The U wave of the heart points to {{c1::hypokalemia}}.\n"
        "  - id: t\n    fact: Peaked T waves point to {{c1::hyperkalemia}} as a rule.\n"
    )
    assert places(check(tmp_path, text, rules="confusable-terms: warning")) == [
        (2, "unused-ignore"),
        (3, "confusable-terms"),
    ]
    moved = text.replace("{}  # deckgen: ignore[confusable-terms]", "{}").replace(
        "hyperkalemia: {}", "hyperkalemia: {}  # deckgen: ignore[confusable-terms]"
    )
    assert places(check(tmp_path, moved, rules="confusable-terms: warning")) == []


def test_the_rest_of_a_file_with_a_syntax_error_keeps_its_comments(tmp_path: Path) -> None:
    text = (
        f"facts:\n  - id: nile\n    fact: {DOUBLED}  # deckgen: ignore[doubled-word]\n"
        "  - id: broken\n    fact:glued\n    region: EG\n"
    )
    assert [code for _, code in codes(tmp_path, text)] == ["missing-space"]
