"""Fuzz `targets.lock`."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["deckgen"]):
    import targets

from fuzzing import ROOT, run, text_of

if __name__ == "__main__":
    lines = next(ROOT.glob("cards/*/deck.lock")).read_bytes().splitlines(keepends=True)
    seeds = [b"".join([*lines[:3], *lines[first : first + 5]]) for first in range(3, len(lines), 40)]
    run(
        lambda data: targets.lock(text_of(data)),
        seeds,
        ('"note": ', '"answers": [', '"time": ', "[]", "{}", "null", "-1"),
    )
