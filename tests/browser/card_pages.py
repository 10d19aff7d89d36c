"""A card as a page, set up the way Anki's reviewer sets one up."""

from __future__ import annotations

from card_samples import Sample

from deckgen.anki_template import Side, render_card
from deckgen.notetypes import note_types

NOTE_TYPES = note_types("samples", "Samples", repository="https://example.org/decks/samples", version="1.2.0", theme={})
# What Anki's own style sheet says about the things that cards hold.
_REVIEWER_CSS = """
body { margin: 20px; overflow-wrap: break-word; }
img { max-width: 100%; max-height: 95vh; }
li { text-align: start; }
pre { text-align: left; }
#typeans { width: 100%; box-sizing: border-box; line-height: 1.75; }
code#typeans { white-space: pre-wrap; }
.typeGood { background: #afa; color: black; }
.typeBad { background: #faa; color: black; }
.typeMissed { background: #ccc; color: black; }
button { margin: 1em .5em; }
body.nightMode { background-color: #2c2c2c; color: #fcfcfc; }
"""
_TYPE_BOX = '<center><input type="text" id="typeans"></center>'
_COMPARED = (
    "<code id=typeans><span class=typeGood>Ul</span><span class=typeBad>an</span>"
    "<span class=typeGood>baatar</span><br><span id=typearrow>&darr;</span><br><span class=typeGood>Ul</span>"
    "<span class=typeMissed>aan</span><span class=typeGood>baatar</span></code>"
)


def card_html(sample: Sample, side: Side) -> str:
    """What Anki puts into its page, with the box to type in or the comparison filled in."""
    html = render_card(NOTE_TYPES[sample.kind], sample.fields, sample.ordinal, side=side)
    html = html.replace("[[type:Typed]]", _TYPE_BOX if side == "front" else _COMPARED)
    return f"<style>{NOTE_TYPES[sample.kind].css}</style>{html}"


def page_html(sample: Sample, side: Side, *, night: bool = False, mobile: bool = False, root: str = "") -> str:
    """A whole page. ``root`` is style for the html element, such as a larger font."""
    body = "card card1 isLin" + (" nightMode night_mode" if night else "")
    return (
        f'<!doctype html><html lang="en" class="{"mobile android" if mobile else ""}" style="{root}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Card</title><style>{_REVIEWER_CSS}</style></head>"
        f'<body class="{body}"><div id="qa">{card_html(sample, side)}</div></body></html>'
    )
