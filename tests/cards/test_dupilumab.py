"""What the dupilumab deck promises its learners, held for every entry."""

from __future__ import annotations

import datetime
import functools
import re
from collections import Counter
from pathlib import Path

from deckgen.bank import Bank, Entry, parse_date
from deckgen.loader import load
from deckgen.verification import FILE_NAME, read

DECK = Path(__file__).resolve().parents[2] / "cards" / "dupilumab"
TIERS = ("essential", "useful", "detail")
_FIGURE = re.compile(r"\d(?:[\d.,]*)\s?(?:%|mg|mL|kg|weeks|points|percentage)")


@functools.cache
def bank() -> Bank:
    loaded, found = load(DECK, "cards/dupilumab")
    assert loaded is not None
    assert found == []
    return loaded


def entries() -> list[Entry]:
    return [entry for _, entry in bank().entries()]


def tags(entry: Entry, prefix: str) -> list[str]:
    return [tag.value.removeprefix(prefix) for tag in entry.tags if tag.value.startswith(prefix)]


def test_every_entry_has_one_tier() -> None:
    assert [e.id.value for e in entries() if len(tags(e, "tier::")) != 1 or tags(e, "tier::")[0] not in TIERS] == []


def test_size_and_core() -> None:
    tiers = Counter(tags(entry, "tier::")[0] for entry in entries())
    assert 350 <= tiers.total() <= 600
    assert 100 <= tiers["essential"] <= 130


def test_every_entry_cites_a_place() -> None:
    assert [e.id.value for e in entries() if not e.sources or not all(c.place for c in e.sources)] == []


def test_every_source_is_cited() -> None:
    cited = {citation.key for entry in entries() for citation in entry.sources}
    assert sorted(set(bank().works) - cited) == []


def test_second_hand_figures_are_to_be_checked_again() -> None:
    """An entry with figures that cites a second-hand source says by when to look again."""
    works = bank().works
    forgotten = [
        entry.id.value
        for entry in entries()
        if entry.review_by is None
        and any(works[citation.key].secondhand for citation in entry.sources)
        and any(_FIGURE.search(text.value) for key, text in entry.texts() if key != "why")
    ]
    assert forgotten == []


def test_dates_of_review_are_within_a_year_of_the_sources() -> None:
    latest = datetime.date(2027, 6, 30)
    dates = {e.id.value: parse_date(e.review_by.value) for e in entries() if e.review_by}
    assert [name for name, date in dates.items() if date is None or date > latest] == []


def test_generated_text_is_never_the_only_source() -> None:
    works = bank().works

    def generated(key: str) -> bool:
        kind = works[key].kind
        return kind is not None and kind.value == "ai-synthesis"

    assert [e.id.value for e in entries() if all(generated(c.key) for c in e.sources)] == []


def test_record_is_sorted() -> None:
    record = read(DECK / FILE_NAME)
    assert record is not None
    assert list(record.verdicts) == sorted(record.verdicts)


def test_description_names_the_dates_of_its_sources() -> None:
    description = bank().settings.description
    assert description is not None
    assert "June 2026" in description.value
    assert "tag:dupilumab::tier::essential" in description.value
    assert "not for treating" in description.value.lower()
