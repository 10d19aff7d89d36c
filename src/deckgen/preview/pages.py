"""What all pages of the site share: head, navigation, and the errors of the deck at the top.

A page may run the site's own script files and, by their hashes, the two scripts of a card. Text of a bank that got
into a page by a mistake of ours could therefore still do nothing.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.preview.excerpt import excerpt

APP = ("data.js", "finder.js", "entry.js", "cards.js", "app.js")
"""The scripts of the page of cards, in order."""
ASSETS = ("site.css", "page.js", *APP, "live.js")
BUILD = 'data-build=""'
"""Where the build's digest is put into a page, once all of the site is known."""
_SHOWN_ERRORS = 3


@cache
def asset(name: str) -> str:
    """The text of a file of ours."""
    return (files("deckgen") / "preview" / "assets" / name).read_text(encoding="utf-8")


@cache
def assets_version() -> str:
    """A digest of the scripts and styles, so that no browser mixes those of two versions."""
    return hashlib.sha256("".join(map(asset, ASSETS)).encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the pages of one deck have in common. ``card_script`` is the script of its cards."""

    name: str
    version: str
    diagnostics: Sequence[Diagnostic]
    card_script: str = ""
    live: bool = False
    shows_cards: bool = True

    @property
    def counts(self) -> tuple[int, int]:
        """Errors and warnings."""
        severities = [found.severity for found in self.diagnostics]
        return severities.count(Severity.ERROR), severities.count(Severity.WARNING)


def policy(*scripts: str, live: bool = False) -> str:
    """The content security policy of a page; ``scripts`` are those that stand in a card."""
    hashes = "".join(f" 'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    connect = "; connect-src 'self'" if live else ""
    return (
        f"default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "media-src 'self' data:; "
        f"base-uri 'none'; form-action 'none'{connect}"
    )


def page(frame: Frame, name: str, title: str, body: str, *, scripts: Sequence[str] = (), root: str = "../") -> bytes:
    """A whole page. ``name`` is its file without ending, ``scripts`` are files of the site that it runs at its end."""
    version = assets_version()
    inline = (frame.card_script, asset("frame.js")) if scripts else ()
    links = "".join(f'<script src="{root}assets/{script}?v={version}" defer></script>\n' for script in scripts)
    live = f'<script src="{root}assets/live.js?v={version}" defer></script>\n' if frame.live else ""
    whole = f"""<!doctype html>
<html lang="en" {BUILD}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(policy(*inline, live=frame.live))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{html.escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{root}assets/site.css?v={version}">
<script src="{root}assets/page.js?v={version}"></script>
{links}{live}</head>
<body class="{name}-page">
{body}
</body>
</html>
"""
    return whole.encode("utf-8", "replace")


def header(frame: Frame, current: str) -> str:
    """The bar at the top, and beneath it what is wrong with the deck."""
    errors, warnings = frame.counts
    count = f' <span class="count{" bad" if errors else ""}">{errors + warnings:,}</span>' if errors + warnings else ""
    links = [("index", "Cards", ""), ("reading", "Reading", ""), ("sources", "Sources", "")]
    links = [link for link in links if frame.shows_cards] + [("diagnostics", "Diagnostics", count)]
    items = "".join(
        f'<li><a href="{name}.html"{" aria-current=page" if name == current else ""}>{text}{extra}</a></li>'
        for name, text, extra in links
    )
    version = f' <span class="version">{html.escape(frame.version)}</span>' if frame.version else ""
    return (
        '<a class="skip" href="#_main">Skip to the content</a>\n'
        '<header class="bar">'
        f'<p class="deck" dir="auto"><a href="../index.html">{html.escape(frame.name)}</a>{version}</p>'
        f'<nav aria-label="Pages"><ul>{items}</ul></nav>'
        '<button type="button" id="_look" class="plain" hidden>Night</button></header>\n'
        f"{_banner(frame, current)}"
    )


def _banner(frame: Frame, current: str) -> str:
    errors = [found for found in frame.diagnostics if found.severity is Severity.ERROR]
    if not errors or current == "diagnostics":
        return ""
    items = "".join(
        f"<li><code>{html.escape(excerpt(found.span).place)}</code> {html.escape(found.message)}</li>"
        for found in errors[:_SHOWN_ERRORS]
    )
    rest = len(errors) - _SHOWN_ERRORS
    more = f'<li><a href="diagnostics.html">and {rest:,} more</a></li>' if rest > 0 else ""
    what = "An error keeps" if len(errors) == 1 else f"{len(errors):,} errors keep"
    return (
        f'<section class="banner" aria-label="Errors"><p><strong>{what} this deck from being built.</strong> '
        f'What is sound is shown. <a href="diagnostics.html">All diagnostics</a></p><ul>{items}{more}</ul></section>\n'
    )
