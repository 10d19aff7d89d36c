"""Counts of a deck and the forecast of its reviews."""

from __future__ import annotations

import builtins
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from deckgen.commands import stats
from deckgen.errors import UserError
from deckgen.stats import Forecast, Plan, forecast
from deckgen.workspace import DeckFolder
from decks import deckgen, write_deck

BANK = """\
topic: Torts
sources: [code#1]
facts:
  - id: rome
    fact: "Rome fell in {{c1::476}}, Constantinople in {{c2::1453}}."
    tags: [tier::essential]
questions:
  - id: pair
    question: Term
    answer: Meaning
    reverse: true
    tags: [tier::useful]
  - id: gone
    question: Old?
    answer: "Yes"
    withdrawn: {on: 2024-01-01, reason: Wrong}
"""


def deck(root: Path) -> None:
    sources = "code: {title: Civil Code, date: 2020, kind: label}\nblog: {title: A blog}\n"
    write_deck(root, {"torts.yaml": BANK, "sources.yaml": sources})


def as_json(root: Path, *arguments: str) -> dict[str, Any]:
    run = deckgen(root, "stats", "--format", "json", *arguments)
    assert run.code == 0, run.err
    return dict(json.loads(run.out))


def test_entries_and_cards_are_counted_without_withdrawn_ones(tmp_path: Path) -> None:
    deck(tmp_path)
    (found,) = as_json(tmp_path)["decks"]
    assert found["total"] == {"name": "all", "entries": 2, "cards": 4}
    assert found["topics"] == [{"name": "Torts", "entries": 2, "cards": 4}]
    assert [(t["name"], t["entries"], t["cards"]) for t in found["kinds"]] == [("fact", 1, 2), ("basic", 1, 2)]
    assert [(t["name"], t["cards"]) for t in found["tiers"]] == [("essential", 2), ("useful", 2)]
    assert [(t["name"], t["entries"], t["cards"]) for t in found["sources"]] == [("label", 1, 2), ("other", 1, 0)]


def test_forecast_stands_for_all_and_each_tier(tmp_path: Path) -> None:
    deck(tmp_path)
    (found,) = as_json(tmp_path, "--new", "3", "--seed", "7")["decks"]
    names = [item["name"] for item in found["forecasts"]]
    assert names == ["all", "essential", "useful"]
    assert found["forecasts"][0]["all_seen"] == 2


def test_text_states_the_assumptions(tmp_path: Path) -> None:
    deck(tmp_path)
    run = deckgen(tmp_path, "stats", "law", "--new", "3", "--retention", "0.85", "--seed", "9")
    assert run.code == 0
    assert "3 new cards a day" in run.out
    assert "85% retention" in run.out
    assert "seed 9" in run.out
    assert re.search(r"fsrs \d", run.out)
    assert re.search(r"Torts +2 +4", run.out)


def test_broken_deck_is_not_counted(tmp_path: Path) -> None:
    write_deck(tmp_path, {"torts.yaml": BANK.replace("code#1", "cod#1")})
    run = deckgen(tmp_path, "stats")
    assert run.code == 1
    assert "unknown-source" in run.err
    assert run.out == ""


def test_same_seed_same_forecast() -> None:
    assert forecast("x", 50, Plan(seed=3)) == forecast("x", 50, Plan(seed=3))
    assert forecast("x", 200, Plan(seed=3)).reviews != forecast("x", 200, Plan(seed=4)).reviews


def test_higher_retention_asks_more() -> None:
    assert forecast("x", 200, Plan(retention=0.95)).reviews > forecast("x", 200, Plan(retention=0.85)).reviews


def test_cards_that_come_too_late_are_not_reviewed() -> None:
    found = forecast("x", 1000, Plan(new_a_day=2, days=100))
    assert (found.introduced, found.all_seen) == (200, None)


def test_last_day_of_new_cards() -> None:
    assert [forecast("x", cards, Plan(new_a_day=20)).all_seen for cards in (1, 20, 21)] == [1, 1, 2]


def test_no_cards_no_reviews() -> None:
    assert forecast("x", 0, Plan()) == Forecast("x", 0, 0, 0, 0, 0)


def test_large_deck_is_forecast_from_a_sample() -> None:
    small, large = forecast("x", 2000, Plan(new_a_day=200)), forecast("x", 20_000, Plan(new_a_day=2000))
    assert large.reviews / small.reviews == pytest.approx(10, rel=0.05)


def test_busiest_day_counts_new_cards() -> None:
    assert forecast("x", 40, Plan(new_a_day=40, days=1)) == Forecast("x", 40, 40, 0, 40, 1)


def test_without_the_library_the_deck_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deck(tmp_path)
    monkeypatch.setattr("deckgen.commands.stats.library", lambda: "")
    checked = [DeckFolder("law", tmp_path / "cards" / "law", "cards/law")]
    out = io.StringIO()
    assert stats.run(checked, Plan(), now=1_780_000_000, format="text", out=out, err=out) == 0
    assert re.search(r"Torts +2 +4", out.getvalue())
    assert out.getvalue().endswith("pip install fsrs\n")


def test_missing_library_is_a_user_error(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "fsrs":
            raise ImportError(name)
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UserError, match="pip install fsrs"):
        forecast("x", 1, Plan())
