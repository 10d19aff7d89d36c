"""No stage does more than its share for a larger deck: work is counted in calls, since no test goes by the clock."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import FrameType

import pytest

from deckgen import composing, topicloader
from deckgen.deckbuild import build_deck, check_deck
from deckgen.files import write_whole
from decks import START, write_deck

FILES = 4


def bank(index: int, count: int) -> str:
    numbers = range(index * count, (index + 1) * count)
    facts = "".join(
        f"  - id: fact-{n}\n    fact: Court {n} of {{{{c1::Leeds {n}}}}} hears **cases** with {{{{c2::{n} judges}}}}.\n"
        f"    needs: [question-{n}]\n"
        for n in numbers
    )
    questions = "".join(
        f"  - id: question-{n}\n    question: Who presides over court {n}?\n    answer: Judge `{n}` of house {n}\n"
        f"    explanation: |-\n      Named in year {n}.\n\n      See $x_{n}$ & others.\n    tags: [part::{n % 7}]\n"
        for n in numbers
    )
    return f"topic: Part {index}\nsources: [code#{index}]\nfacts:\n{facts}questions:\n{questions}"


def work(root: Path, count: int) -> dict[str, int]:
    """Calls of Python and C functions by stage, in a check and a build of a released deck of ``count`` facts."""
    deck = write_deck(root, {f"part-{index}.yaml": bank(index, count // FILES) for index in range(FILES)})
    first = build_deck(check_deck(deck, "cards/law", START), START, None)
    write_whole(deck / "deck.lock", first.lock_text.encode())
    calls: Counter[str] = Counter()

    def counted(frame: FrameType, event: str, _: object) -> None:
        if event in ("call", "c_call"):
            calls[frame.f_globals.get("__name__", "?") if event == "call" else "builtins"] += 1

    sys.setprofile(counted)
    try:
        checked = check_deck(deck, "cards/law", START + 9)
        build_deck(checked, START + 9, None)
    finally:
        sys.setprofile(None)
    assert len(checked.notes) == 2 * count
    return dict(calls)


def test_twice_the_notes_take_twice_the_calls_in_every_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "processors", lambda: 1)
    monkeypatch.setattr(topicloader, "processors", lambda: 1)
    work(tmp_path / "warm", 8)
    small, large = work(tmp_path / "small", 100), work(tmp_path / "large", 200)
    assert sum(small.values()) > 20_000
    worse = {
        name: (small.get(name, 0), calls) for name, calls in large.items() if calls > 2.2 * small.get(name, 0) + 500
    }
    assert worse == {}
