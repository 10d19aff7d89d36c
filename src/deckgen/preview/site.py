"""The whole site: pages and data of every deck, by path."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from deckgen.deckbuild import Checked
from deckgen.diagnostic import Diagnostic, summary
from deckgen.preview.cards import card_script
from deckgen.preview.data import data_files
from deckgen.preview.entries import EntryView, entry_views
from deckgen.preview.faults import diagnostics_page
from deckgen.preview.pages import APP, ASSETS, BUILD, Frame, asset, header, page
from deckgen.preview.reading import reading_page
from deckgen.preview.since import Since
from deckgen.preview.why import Known
from deckgen.preview.works import sources_page

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class DeckView:
    """A deck to show: the name of its folder, what the checks made of it, and what changed since some earlier state.

    ``more`` are diagnostics that concern it together with other decks.
    """

    name: str
    checked: Checked
    since: Since | None = None
    more: tuple[Diagnostic, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All diagnostics of the deck, sorted."""
        return tuple(sorted((*self.checked.diagnostics, *self.more), key=lambda found: found.key))

    @property
    def title(self) -> str:
        """The deck's name, or its folder's where ``deck.yaml`` cannot be read."""
        bank = self.checked.bank
        return bank.settings.name.value if bank is not None else self.name


@dataclass(frozen=True, slots=True)
class Site:
    """The files of a site by their path with forward slashes, and a digest of all of them."""

    files: Files
    build: str
    entries: int


def make_site(decks: Sequence[DeckView], *, live: bool = False, known: Known | None = None) -> Site:
    """The site of some decks. With ``live`` its pages listen to the server they came from.

    ``known`` keeps what the generator said for the next site: for a server, which makes many.
    """
    files: dict[str, bytes] = {f"assets/{name}": asset(name).encode() for name in ASSETS if live or name != "live.js"}
    count = 0
    for deck in decks:
        views = list(entry_views(deck.checked, deck.since, known))
        count += len(views)
        files |= {f"{deck.name}/{path}": data for path, data in _deck_files(deck, views, live)}
    files["index.html"] = _front_page(decks, live)
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode("utf-8", "replace") + files[path])
    build = digest.hexdigest()[:16]
    mark, stamp = BUILD.encode(), f'data-build="{build}"'.encode()
    stamped = {path: data.replace(mark, stamp, 1) if path.endswith(".html") else data for path, data in files.items()}
    return Site(dict(sorted(stamped.items())), build, count)


def _deck_files(deck: DeckView, views: list[EntryView], live: bool) -> Iterator[tuple[str, bytes]]:
    bank, types = deck.checked.bank, deck.checked.types
    readable = bank is not None and types is not None
    frame = Frame(
        deck.title,
        bank.settings.release if bank is not None else "",
        deck.diagnostics,
        card_script(types) if types else "",
        live,
        readable,
    )
    ids = {view.id for view in views}
    yield "diagnostics.html", diagnostics_page(frame, ids.__contains__)
    if bank is None or types is None:
        yield "index.html", diagnostics_page(frame, ids.__contains__)
        return
    yield "index.html", _cards_page(frame, deck)
    yield "reading.html", reading_page(frame, views)
    yield "sources.html", sources_page(frame, bank, views)
    for name, data in data_files(deck.checked, views, deck.since):
        yield f"data/{name}", data
    for file in (deck.checked.media or {}).values():
        yield f"media/{file.packaged}", file.path.read_bytes()


def _cards_page(frame: Frame, deck: DeckView) -> bytes:
    gone = deck.since.gone if deck.since is not None else ()
    items = "".join(f"<li><code>{html.escape(c.id)}</code> {html.escape(c.title)}</li>" for c in gone)
    count = "An entry is" if len(gone) == 1 else f"{len(gone):,} entries are"
    since = html.escape(deck.since.name) if deck.since is not None else ""
    removed = (
        f'<details class="gone"><summary>{count} gone since {since}</summary><ul>{items}</ul></details>' if gone else ""
    )
    body = header(frame, "index") + asset("cards.html").replace("<!-- gone -->\n", removed)
    return page(frame, "cards", f"{frame.name}: cards", body, scripts=APP)


def _front_page(decks: Sequence[DeckView], live: bool) -> bytes:
    """The list of decks; with a single deck, a page that leads to it."""
    items = "".join(_deck_item(deck) for deck in decks)
    frame = Frame("Decks", "", (), live=live)
    body = f'<main id="_main" class="sheet" tabindex="-1"><h1>Decks</h1><ul class="decks">{items}</ul></main>'
    whole = page(frame, "decks", "Decks", body, root="")
    if len(decks) != 1:
        return whole
    address = html.escape(f"{quote(decks[0].name)}/index.html")
    return whole.replace(b"<title>", f'<meta http-equiv="refresh" content="0; url={address}">\n<title>'.encode(), 1)


def _deck_item(deck: DeckView) -> str:
    bank = deck.checked.bank
    entries = sum(len(topic.entries) for topic in bank.topics) if bank is not None else 0
    cards = sum(len(note.ordinals) for note in deck.checked.notes)
    said = f"{entries:,} entries, {cards:,} cards; {summary(deck.diagnostics)}"
    return (
        f'<li><a href="{quote(deck.name)}/index.html" dir="auto">{html.escape(deck.title)}</a>'
        f"<br>{html.escape(said)}</li>"
    )
