"""Rules are quiet on good material: counted on ten subjects, and the count stands on each page."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from deckgen.deckbuild import check_deck
from deckgen.rules import RULES
from deckgen.rules.registry import Rule
from lintbank import DECK, NOW, SOURCES
from lintcorpus import entries, subjects, topic

TOTAL = 521
_COUNT = re.compile(r"(none|\d+) in 521 good entries")


@pytest.fixture(scope="module")
def alarms(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    folder = tmp_path_factory.mktemp("corpus")
    every = ", ".join(f"{rule.code}: warning" for rule in RULES)
    files = {f"{subject}.yaml": topic(subject) for subject in subjects()}
    for name, text in {"deck.yaml": f"{DECK}rules: {{{every}}}\n", "sources.yaml": SOURCES, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    checked = check_deck(folder, "cards/corpus", NOW)
    assert len(checked.notes) == TOTAL
    return Counter(found.code for found in checked.diagnostics)


def test_the_corpus_is_large_enough() -> None:
    assert sum(map(entries, subjects())) == TOTAL
    assert len(subjects()) == 10


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_page_states_the_false_alarms(rule: Rule, alarms: Counter[str]) -> None:
    stated = _COUNT.search(" ".join(rule.section("False alarms").split()))
    count = 0 if stated is None or stated[1] == "none" else int(stated[1])
    assert alarms[rule.code] == count


def test_only_rules_that_are_off_by_default_are_ever_wrong(alarms: Counter[str]) -> None:
    off = {rule.code for rule in RULES if rule.severity is None}
    assert set(alarms) <= off
