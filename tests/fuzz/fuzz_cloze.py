"""Fuzz `targets.cloze`: some bytes say where deletions stand, the rest is the text."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["deckgen"]):
    import targets

from fuzzing import MARKUP, run


def one(data: bytes) -> None:
    provider = atheris.FuzzedDataProvider(data)
    places = [provider.ConsumeIntInRange(0, 500) for _ in range(provider.ConsumeIntInRange(0, 12))]
    targets.cloze(provider.ConsumeUnicodeNoSurrogates(2_000), places)


if __name__ == "__main__":
    run(one, words=MARKUP)
