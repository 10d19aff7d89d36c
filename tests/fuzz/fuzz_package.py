"""Fuzz `targets.package` with files made as `packages` says."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["deckgen"]):
    import packages
    import targets

from fuzzing import MARKUP, run

if __name__ == "__main__":
    words = (
        *MARKUP,
        '{"',
        '": ',
        "[]",
        '"flds"',
        '"tmpls"',
        '"qfmt"',
        "{{#",
        "{{/",
        "create view",
        "\x1e",
        "\x1f",
        "\\u",
    )
    run(lambda data: targets.package(packages.package(data)), packages.seeds(), words)
