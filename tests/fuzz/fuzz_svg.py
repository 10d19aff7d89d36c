"""Fuzz `targets.svg`."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["deckgen"]):
    import targets

from fuzzing import run

if __name__ == "__main__":
    run(targets.svg)
