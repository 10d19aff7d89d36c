"""Every code that deckgen can report about a bank has a page, and `deckgen explain` shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import deckgen as package
from deckgen.diagnostic import Severity
from deckgen.explanations import EXPLANATIONS, Explanation
from decks import deckgen

SOURCE = Path(package.__file__).parent
ELSEWHERE = {"report.py", "inspection", "rehearsal", "apkg", "rules"}
"""Parts that speak of packages, whose faults have codes of their own; and rules, which the registry lists."""
MAKERS = {
    "Diagnostic": 0,
    "report": 0,
    "error": 0,
    "about_file": 1,
    "matching": 3,
    "Doubt": 0,
    "result": 0,
    "_error": 0,
}
"""Calls that make a diagnostic, and which of their arguments is the code."""


SEVERITIES = {"_error": Severity.ERROR}
"""Calls that make a diagnostic of one severity."""


def severities(path: Path) -> Iterator[tuple[str, Severity]]:
    """Codes with the severity that a call names beside them."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            named = node.args[1] if name == "Diagnostic" else None
            if isinstance(named, ast.Attribute):
                yield node.args[0].value, Severity[named.attr]
            elif name in SEVERITIES:
                yield node.args[0].value, SEVERITIES[name]


def codes(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = MAKERS.get(name)
            if place is not None and len(node.args) > place:
                code = node.args[place]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value


def every_code() -> dict[str, str]:
    return {
        code: path.name
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).parts[0] not in ELSEWHERE
        for code in codes(path)
        if code.replace("-", "").isalnum() and code == code.lower()
    }


def test_codes_are_found_at_all() -> None:
    assert len(every_code()) > 60


def test_every_code_has_a_page() -> None:
    assert {code: name for code, name in every_code().items() if code not in EXPLANATIONS} == {}


def test_a_page_tells_the_severity_that_is_reported() -> None:
    told = [
        (path.name, code, severity)
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).parts[0] not in ELSEWHERE
        for code, severity in severities(path)
        if code in EXPLANATIONS and not EXPLANATIONS[code].rule
    ]
    assert len(told) > 20
    assert [item for item in told if EXPLANATIONS[item[1]].severity is not item[2]] == []


def test_every_page_that_is_no_rule_is_of_a_code_in_use() -> None:
    text = "\n".join(path.read_text() for path in SOURCE.rglob("*.py") if path.name != "core.py")
    assert [page.code for page in EXPLANATIONS.values() if not page.rule and f'"{page.code}"' not in text] == []


@pytest.mark.parametrize("page", EXPLANATIONS.values(), ids=lambda page: page.code)
def test_page_reads_well(page: Explanation) -> None:
    assert page.title.endswith(".")
    assert len(page.title) < 110
    assert page.markdown.startswith(f"# {page.code}\n")


def test_explain_shows_a_page(tmp_path: Path) -> None:
    run = deckgen(tmp_path, "explain", "no-source")
    assert run.code == 0
    assert "An entry without any source." in run.out
    assert "rules: {no-source: off}" in run.out


def test_explain_lists_every_code(tmp_path: Path) -> None:
    listed = {line.split()[0] for line in deckgen(tmp_path, "explain").out.split("\n") if line.startswith("  ")}
    assert listed == set(EXPLANATIONS)


def test_explain_of_an_unknown_code_is_wrong_use(tmp_path: Path) -> None:
    run = deckgen(tmp_path, "explain", "no-sources")
    assert run.code == 2
    assert "did you mean `no-source`?" in run.err
