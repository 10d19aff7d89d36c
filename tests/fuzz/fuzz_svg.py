"""Fuzz `targets.svg`."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["deckgen"]):
    import targets

from fuzzing import SVG, run

SEEDS = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/><text>a</text></svg>',
    b'<svg xmlns="http://www.w3.org/2000/svg"><style>.a{fill:url(#g)}</style><use href="#g"/></svg>',
    b'<?xml version="1.0" encoding="utf-16"?><svg/>',
    b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
    b'<svg xmlns:x="http://www.w3.org/1999/xlink"><image x:href="data:image/png;base64,AA=="/></svg>',
)

if __name__ == "__main__":
    run(targets.svg, SEEDS, SVG)
