"""Fuzz `targets.lock`."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["deckgen"]):
    import targets

from fuzzing import run, text_of

if __name__ == "__main__":
    run(lambda data: targets.lock(text_of(data)))
