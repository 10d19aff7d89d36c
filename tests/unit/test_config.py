"""Severities that a deck sets for rules."""

from __future__ import annotations

from pathlib import Path

from deckgen.diagnostic import Severity
from lintbank import check

NILE = "facts:\n  - id: nile\n    fact: The {{c1::Nile}} is is a river of Africa.\n"


def test_a_rule_can_be_switched_off(tmp_path: Path) -> None:
    assert check(tmp_path, NILE, rules="doubled-word: off") == ()


def test_a_rule_can_be_an_error(tmp_path: Path) -> None:
    (found,) = check(tmp_path, NILE, rules="doubled-word: error")
    assert found.severity is Severity.ERROR


def test_a_rule_that_is_off_can_be_switched_on(tmp_path: Path) -> None:
    text = (
        "# glossary.yaml\nhypokalemia: {}\nhyperkalemia: {}\n# topic.yaml\nfacts:\n"
        "  - id: u\n    fact: The U wave of the heart points to {{c1::hypokalemia}}.\n"
        "  - id: t\n    fact: Peaked T waves point to {{c1::hyperkalemia}} as a rule.\n"
    )
    assert check(tmp_path, text) == ()
    assert [item.code for item in check(tmp_path, text, rules="confusable-terms: warning")] == ["confusable-terms"]


def test_an_unknown_rule_is_reported_with_the_nearest(tmp_path: Path) -> None:
    (found,) = check(tmp_path, NILE.replace("is is", "is"), rules="double-word: off")
    assert (found.code, found.help, found.span.text) == ("unknown-rule", "did you mean `doubled-word`?", "double-word")


def test_what_always_holds_cannot_be_set(tmp_path: Path) -> None:
    (found,) = check(tmp_path, NILE.replace("is is", "is"), rules="bad-id: off")
    assert found.code == "unknown-rule"
    assert "cannot be set" not in found.message or "bad-id" in found.message
