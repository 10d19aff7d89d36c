"""The map from what the dupilumab deck was written from to its entries has no gap, and its page is not stale."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_map", ROOT / "tools" / "coverage_map.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


tool = _tool()


def test_every_fact_and_section_is_taught_or_left_out_with_a_reason() -> None:
    """New and renamed entries come onto the map after they were merged: `tools/dev.py settled` asks for that."""
    assert [gap for gap in tool.gaps(tool.read(), tool.entries_of()) if "neither taught" in gap] == []


def test_page_is_not_stale() -> None:
    assert tool.PAGE.read_text("utf-8") == tool.page(tool.read()), "run tools/coverage_map.py"


def test_every_fact_is_listed_once_in_order() -> None:
    facts = tool.read().facts
    assert len(facts) == len(set(facts))
    assert {fact[0] for fact in facts} == set(tool.GROUPS)
    for letter in tool.GROUPS:
        chosen = [fact for fact in facts if fact[0] == letter]
        assert chosen == [f"{letter}{number:03}" for number in range(1, len(chosen) + 1)]


def test_every_document_has_sections() -> None:
    assert {section.source for section in tool.read().sections} == set(tool.DOCUMENTS)


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "facts.txt").write_text("M001\nM002\n")
    (tmp_path / "mechanism.tsv").write_text("binds\tM001\n")
    (tmp_path / "mechanism.left-out.tsv").write_text("M002\ttrivia\n")
    (tmp_path / "documents.tsv").write_text("seed-moa-2025\tAnswer\tbinds\t\nseed-moa-2025\tLinks\t\tnavigation\n")
    return tmp_path


def test_whole_map_has_no_gap(lists: Path) -> None:
    assert list(tool.gaps(tool.read(lists), ["binds"])) == []


@pytest.mark.parametrize(
    ("name", "text", "gap"),
    [
        ("facts.txt", "M001\nM002\nM003\n", "fact M003 is neither"),
        ("facts.txt", "M001\n", "M002 is left out, but is no fact"),
        ("mechanism.tsv", "binds\tM001 M009\n", "M009, which is no fact"),
        ("mechanism.tsv", "binds\tM001\ngone\t\n", "gone, which is no entry"),
        ("mechanism.tsv", "other\tM001\n", "entry binds is not on the map"),
        ("mechanism.tsv", "binds\tM001 M002\n", "M002 is left out, yet binds"),
        ("mechanism.left-out.tsv", "M002\t \n", "fact M002 is neither"),
        ("documents.tsv", "seed-moa-2025\tAnswer\tgone\t\n", "names gone, which is no entry"),
        ("documents.tsv", "seed-moa-2025\tAnswer\t\t\n", "is neither taught nor left out"),
        ("documents.tsv", "seed-x\tAnswer\tbinds\t\n", "no such document"),
    ],
)
def test_gap_is_found(lists: Path, name: str, text: str, gap: str) -> None:
    (lists / name).write_text(text)
    assert any(gap in found for found in tool.gaps(tool.read(lists), ["binds"]))


def test_page_shows_teachers_and_reasons(lists: Path) -> None:
    shown = tool.page(tool.read(lists))
    assert "| M001 | `binds` |" in shown
    assert "| M002 | left out: trivia |" in shown
    assert "| Links | left out: navigation |" in shown
