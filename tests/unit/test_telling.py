from __future__ import annotations

import io

from deckgen.telling import Telling


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_each_line_says_how_long_it_took_since_the_one_before() -> None:
    out, clock = io.StringIO(), Clock()
    telling = Telling(out, clock)
    clock.now += 0.25
    telling.about("cards/law")
    telling.did("bank files: 3 read")
    clock.now += 1.5
    telling.did("entries: 12 composed")
    telling.about("")
    telling.did("dist/law.apkg: written")
    clock.now += 0.25
    telling.total()
    assert out.getvalue().splitlines() == [
        "cards/law: bank files: 3 read (0.250 s)",
        "cards/law: entries: 12 composed (1.500 s)",
        "dist/law.apkg: written (0.000 s)",
        "total: 2.000 s",
    ]


def test_nothing_is_drawn_however_long_it_takes() -> None:
    out, clock = io.StringIO(), Clock()
    telling = Telling(out, clock)
    clock.now += 60
    telling.begin("reading", 2)
    telling.step()
    telling.end()
    assert out.getvalue() == ""


def test_where_nothing_was_done_there_is_no_total() -> None:
    out = io.StringIO()
    Telling(out, Clock()).total()
    assert out.getvalue() == ""


def test_a_name_cannot_pass_for_a_line_of_its_own() -> None:
    out = io.StringIO()
    telling = Telling(out, Clock())
    telling.about("cards/a\nb")
    telling.did("read\x1b[2J")
    assert out.getvalue().count("\n") == 1
    assert "\x1b" not in out.getvalue()
