"""Fuzz `targets.reader`."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["deckgen"]):
    import targets

from fuzzing import MARKUP, YAML, banks, run, text_of

if __name__ == "__main__":
    run(lambda data: targets.reader(text_of(data)), banks(), (*YAML, *MARKUP))
