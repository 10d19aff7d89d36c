"""Fuzz `targets.markup`."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["deckgen"]):
    import targets

from fuzzing import MARKUP, banks, run, text_of

if __name__ == "__main__":
    seeds = (line.partition(b":")[2].strip() for part in banks() for line in part.split(b"\n") if b": " in line)
    run(lambda data: targets.markup(text_of(data)), {*seeds, *(word.encode() for word in MARKUP)}, MARKUP)
