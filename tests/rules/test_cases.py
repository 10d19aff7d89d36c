"""Banks whose lines say which rule speaks of them: every rule in both directions, at the exact line.

Beside a folder for each rule there are `quiet`, good entries of many subjects in which nothing is found, and
`mistakes`, entries that are wrong in words of their own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.rules import RULES
from lintbank import check, expected, places

CASES = sorted(Path(__file__).parent.glob("*/*.yaml"))
MEDIA = {"large-media", "media-name-clash", "media-without-licence", "unused-media"}
"""Rules that speak of files, which have no lines; their pages and `test_media_rules` hold them."""


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_diagnostics_are_those_expected(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [item for item in check(tmp_path, text) if not item.span.source.path.startswith("cards/test/media/")]
    assert places(tuple(found)) == expected(text)


def test_every_rule_has_cases_in_both_directions() -> None:
    verified = {"unverified-entry", "verification-stale"}  # held by the tests of the record of second readings
    for rule in RULES:
        if rule.code in MEDIA | verified:
            continue
        texts = [path.read_text(encoding="utf-8") for path in CASES if path.parent.name == rule.code]
        lines = [line for text in texts for line in text.split("\n")]
        assert any(f"expect: {rule.code}" in line for line in lines), rule.code
        assert sum("- id:" in line or "topic:" in line for line in lines) > 1, rule.code
