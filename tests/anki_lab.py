"""Real Anki for tests: throw-away collections, imports with Anki's default options, what cards show."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from anki.collection import Collection, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportAnkiPackageOptions


class Shown(NamedTuple):
    """A card as a learner sees it: plain text of both sides, and the source of the front."""

    entry: str
    ordinal: int
    deck: str
    front: str
    back: str
    front_source: str
    back_source: str


@contextmanager
def collection() -> Iterator[Collection]:
    """An empty collection in a temporary folder."""
    with TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        try:
            yield col
        finally:
            col.close()


def import_package(col: Collection, package: Path) -> Any:
    """Import with the options of a fresh profile; the log that Anki gives back."""
    request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
    return col.import_anki_package(request).log


def cards(col: Collection) -> list[Shown]:
    """Every card, rendered by Anki, in the order of the queue of new cards."""
    shown = []
    for cid in col.find_cards("", order="c.due, c.ord"):
        card = col.get_card(cid)
        output = card.render_output(reload=True)
        shown.append(
            Shown(
                card.note()["Entry"],
                card.ord,
                col.decks.name(card.did),
                visible(output.question_text),
                visible(output.answer_text),
                output.question_text,
                output.answer_text,
            )
        )
    return shown


def visible(side: str) -> str:
    """A side without markup, scripts and what the design hides."""
    side = re.sub(r"(?si)<style.*?</style>|<script.*?</script>|<!--.*?-->", " ", side)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", side)).split())
