from __future__ import annotations

import io

from deckgen.bar import Bar


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_quick_shows_nothing() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = Bar(stream, clock)
    bar.begin("reading", 2)
    clock.now = 0.9
    bar.step(2)
    bar.end()
    assert stream.getvalue() == ""


def test_a_long_stage_shows_how_far_it_is_and_takes_the_line_away() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = Bar(stream, clock)
    bar.begin("reading", 4)
    clock.now = 1.5
    bar.step()
    assert stream.getvalue() == f"\rreading      [{'#' * 8}{'-' * 22}]  25%"
    bar.step()
    assert stream.getvalue().count("\r") == 1, "it is not drawn more often than ten times a second"
    clock.now = 1.7
    bar.step(9)
    assert stream.getvalue().endswith(f"[{'#' * 30}] 100%")
    bar.end()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_without_a_stream_nothing_is_asked_of_it() -> None:
    bar = Bar()
    bar.begin("reading", 0)
    bar.step()
    bar.end()
