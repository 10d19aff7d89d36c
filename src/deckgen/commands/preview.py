"""`deckgen preview`: decks as a web site, in a folder or from a local server."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from deckgen.bar import NO_BAR, Bar
from deckgen.cache import Cache
from deckgen.collector import paused
from deckgen.deckbuild import check_deck
from deckgen.diagnostic import Diagnostic, Severity, has_errors, summary
from deckgen.errors import UserError
from deckgen.preview import DeckView, Site, make_site
from deckgen.preview.folder import write_site
from deckgen.preview.server import PreviewServer
from deckgen.preview.since import since
from deckgen.preview.watch import Watcher
from deckgen.preview.why import Known
from deckgen.render.text import render_text
from deckgen.states import State, read_state
from deckgen.together import check_together
from deckgen.workspace import find_decks, shown_path

PORT = 8765
"""The port of the server, unless it is taken or another is asked for."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `deckgen preview` was asked for. ``clock`` gives seconds since 1970: a server asks at every build."""

    cards: Path
    decks: tuple[str, ...]
    since: str | None
    clock: Callable[[], int]
    quiet: bool = False
    colour: bool = False
    cache: Cache | None = None
    bar: Bar = NO_BAR


def run(options: Options, output: Path, *, browse: bool = False, out: TextIO, err: TextIO) -> int:
    """Write the site. 0: done; 1: done, but a deck has errors."""
    site, found = _built(options, _earlier(options))
    write_site(site.files, output)
    options.bar.did(f"{shown_path(output)}: written")
    failed = has_errors(found)
    if failed:
        err.write(render_text([item for item in found if item.severity is Severity.ERROR], colour=options.colour))
    if not options.quiet:
        out.write(f"{shown_path(output / 'index.html')}: {site.entries:,} entries; {summary(found)}\n")
    if browse:
        webbrowser.open((output / "index.html").resolve().as_uri())
    return 1 if failed else 0


def serve(options: Options, port: int | None, *, browse: bool, out: TextIO, err: TextIO) -> int:
    """Serve the site on this machine and build it anew whenever a file of the decks is saved, until Ctrl-C."""
    earlier = _earlier(options)
    known: Known = {}
    watcher = Watcher(options.cards)
    server = _listening(port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        _show(server, options, earlier, known, out, err)
        address = f"http://127.0.0.1:{server.port}/"
        out.write(f"{address} shows the decks in {shown_path(options.cards)}; Ctrl-C ends it\n")
        out.flush()
        if browse:
            webbrowser.open(address)
        for _ in watcher.saves():
            options.bar.did("waited for a save")
            _show(server, options, earlier, known, out, err)
    except KeyboardInterrupt:
        out.write("\n")
    finally:
        watcher.stop()
        server.end()
        server.shutdown()
        server.server_close()
    return 0


def _earlier(options: Options) -> State | None:
    if options.since is None:
        return None
    state = read_state(options.since, options.cards, options.clock())
    options.bar.did(f"{options.since}: read, to mark what has changed since")
    return state


@paused()
def _built(
    options: Options, earlier: State | None, *, live: bool = False, known: Known | None = None
) -> tuple[Site, list[Diagnostic]]:
    now = options.clock()
    folders = find_decks(options.cards, options.decks)
    checked = {deck: check_deck(deck.path, deck.shown, now, bar=options.bar, cache=options.cache) for deck in folders}
    options.bar.about()
    together = check_together({deck.name: result.bank for deck, result in checked.items() if result.bank})
    views = [
        DeckView(
            deck.name,
            result,
            since(earlier, result) if earlier is not None else None,
            tuple(item for item in together if item.span.source.path.startswith(f"{deck.shown}/")),
        )
        for deck, result in checked.items()
    ]
    site = make_site(views, live=live, known=known)
    options.bar.did(f"site: {len(site.files):,} files for {site.entries:,} entries")
    return site, [found for view in views for found in view.diagnostics]


def _show(
    server: PreviewServer, options: Options, earlier: State | None, known: Known, out: TextIO, err: TextIO
) -> None:
    try:
        site, found = _built(options, earlier, live=True, known=known)
    except (UserError, OSError) as error:  # a folder that was moved while it was read
        server.fail(str(error))
        err.write(f"{error}\n")
        err.flush()
        return
    server.show(site)
    if not options.quiet:
        out.write(f"{site.entries:,} entries; {summary(found)}\n")
        out.flush()


def _listening(port: int | None) -> PreviewServer:
    for wanted in (PORT, 0) if port is None else (port,):
        try:
            return PreviewServer(wanted)
        except OSError as error:
            fault = error
    raise UserError(f"the server cannot listen on port {port}: {fault.strerror or fault}")
