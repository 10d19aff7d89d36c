"""Every rule: its module, its page, and the examples on it."""

from __future__ import annotations

from pathlib import Path

import pytest

import deckgen.rules
from deckgen.diagnostic import Severity
from deckgen.rules import RULES
from deckgen.rules.core import CARDS, CORE, DECK, FILES, KEYS, PROMISES, SETTINGS
from deckgen.rules.registry import HEADINGS, Rule
from lintbank import check

HELPERS = {"__init__", "mediafiles", "registry", "words"}
EVERY = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def settings(rule: Rule) -> str:
    return "" if rule.severity is not None else f"{rule.code}: warning"


def test_registry_folder_and_codes_agree() -> None:
    folder = {path.stem for path in Path(deckgen.rules.__file__).parent.glob("*.py")} - HELPERS
    assert folder == {rule.code.replace("-", "_") for rule in RULES}
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)
    assert not {rule.code for rule in RULES} & CORE.keys()


def test_no_code_has_two_pages() -> None:
    assert len(CORE) == sum(map(len, (FILES, KEYS, DECK, CARDS, PROMISES, SETTINGS)))


@EVERY
def test_page_has_its_headings(rule: Rule) -> None:
    assert rule.title.endswith(".")
    for heading in HEADINGS:
        assert rule.section(heading), heading


@EVERY
def test_bad_example_raises_this_code_alone(rule: Rule, tmp_path: Path) -> None:
    found = check(tmp_path, rule.section("Bad"), rules=settings(rule))
    assert {item.code for item in found} == {rule.code}
    assert all(item.severity is (rule.severity or Severity.WARNING) for item in found)
    assert all(item.help and "\n" not in item.message for item in found)


@EVERY
def test_good_example_raises_nothing(rule: Rule, tmp_path: Path) -> None:
    assert [(item.code, item.message) for item in check(tmp_path, rule.section("Good"), rules=settings(rule))] == []
