"""What the page for cards reads: an index of all entries, their texts for the search, and the entries in portions.

Pages opened from a disk may not fetch files, so data are scripts that call ``deckgen.take(name, value)``. The index
comes first and is small; portions of `PORTION` entries are read when one of them is looked at.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from deckgen.deckbuild import Checked
from deckgen.diagnostic import Diagnostic
from deckgen.diff import Change, What
from deckgen.media import MediaFile
from deckgen.note import Note
from deckgen.preview.cards import CardView, card_script
from deckgen.preview.entries import EntryView
from deckgen.preview.excerpt import excerpt
from deckgen.preview.pages import asset
from deckgen.preview.since import Since

PORTION = 100
"""Entries in one file."""
_KINDS = {
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "flac": "audio/flac",
}


def script(name: str, value: object) -> bytes:
    """A script file that hands a value to the page. It holds no ``<``, and no line break that ends a string."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<\u2028\u2029":
        if character in text:
            text = text.replace(character, f"\\u{ord(character):04x}")
    return f"deckgen.take({json.dumps(name)},{text});\n".encode("utf-8", "replace")


def data_files(checked: Checked, views: Sequence[EntryView], since: Since | None) -> Iterator[tuple[str, bytes]]:
    """The scripts of one deck by their names in its folder ``data``."""
    media = checked.media or {}
    yield "index.js", script("index", _index(checked, views, since, media))
    yield "text.js", script("text", [view.text for view in views])
    for start in range(0, len(views), PORTION):
        name = f"entries-{start // PORTION:04}"
        yield f"{name}.js", script(name, [_entry(view) for view in views[start : start + PORTION]])
    for file in sorted(media.values(), key=lambda file: file.packaged):
        yield f"{file.packaged}.js", script(f"media:{file.packaged}", _data_url(file))


class _Names:
    """Names by number, in the order of their first use."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, name: str) -> int:
        return self.numbers.setdefault(name, len(self.numbers))


def _index(
    checked: Checked, views: Sequence[EntryView], since: Since | None, media: Mapping[str, MediaFile]
) -> dict[str, Any]:
    bank, types = checked.bank, checked.types
    assert bank is not None
    assert types is not None
    topics, kinds, tags, sources, codes, changes = (_Names() for _ in range(6))
    severity: dict[str, str] = {}
    rows = []
    for view in views:
        for found in view.diagnostics:
            severity[found.code] = str(found.severity)
        rows.append(
            [
                view.id,
                view.title,
                topics(view.topic.name.value),
                kinds(str(view.entry.kind)),
                [tags(tag) for tag in view.tags],
                [sources(key) for key in dict.fromkeys(citation.key for citation in view.entry.sources)],
                [codes(code) for code in dict.fromkeys(found.code for found in view.diagnostics)],
                [changes(str(change)) for change in dict.fromkeys(change.what for change in view.changes)],
                1 if view.entry.withdrawn else 0,
            ]
        )
    titles = {key: work.title.value if work.title else key for key, work in bank.works.items()}
    return {
        "deck": bank.settings.id.value,
        "name": bank.settings.name.value,
        "frame": asset("frame.js"),
        "portion": PORTION,
        "css": next(iter(types.values())).css,
        "script": card_script(types),
        "media": sorted(file.packaged for file in media.values()),
        "topics": list(topics.numbers),
        "kinds": list(kinds.numbers),
        "tags": list(tags.numbers),
        "sources": [[key, titles.get(key, key)] for key in sources.numbers],
        "codes": [[code, severity[code]] for code in codes.numbers],
        "changes": list(changes.numbers),
        "since": since.name if since is not None else None,
        "entries": rows,
    }


def _entry(view: EntryView) -> dict[str, Any]:
    entry, note = view.entry, view.note
    answers = _answers(note) if note is not None else {}
    value: dict[str, Any] = {
        "id": view.id,
        "place": view.place,
        "cards": [_card(card, answers) for card in view.cards],
        "cites": [[citation.key, citation.place] for citation in entry.sources],
    }
    for name, node in (("as_of", entry.as_of), ("review_by", entry.review_by), ("region", entry.region)):
        if node is not None:
            value[name] = node.value
    if entry.needs:
        value["needs"] = [node.value for node in entry.needs]
    if view.diagnostics:
        value["diagnostics"] = [diagnostic_data(found) for found in view.diagnostics]
    if view.changes:
        value["changes"] = [_change(change) for change in view.changes]
    if view.why is not None:
        value["why"] = {
            "blanks": [[b.number, b.text, b.hint, b.reasons, b.said] for b in view.why.blanks],
            "others": [[o.text, o.why_not, o.reasons] for o in view.why.others],
        }
    return value


def _answers(note: Note) -> dict[int, str]:
    if note.type_key in ("basic", "choice"):
        return {}
    return {answer.number: " … ".join(answer.texts) for answer in (*note.record.answers, *note.record.retired)}


def _card(card: CardView, answers: Mapping[int, str]) -> list[Any]:
    return [card.number, card.name or answers.get(card.number, ""), card.front, card.back, int(card.retired)]


def diagnostic_data(found: Diagnostic) -> dict[str, Any]:
    """A diagnostic as the page shows it: its place, the line with its span, and other places that belong to it."""
    shown = excerpt(found.span)
    value: dict[str, Any] = {
        "severity": str(found.severity),
        "code": found.code,
        "message": found.message,
        "place": shown.place,
        "line": [shown.before, shown.marked, shown.after],
    }
    if found.help:
        value["help"] = found.help
    if found.labels:
        value["labels"] = [[label.message, excerpt(label.span).place] for label in found.labels]
    return value


def _change(change: Change) -> dict[str, Any]:
    value: dict[str, Any] = {"what": str(change.what)}
    if change.what is not What.ADDED and (change.before or change.after):
        value["before"], value["after"] = change.before, change.after
    if change.cards and change.what is not What.ADDED:
        value["cards"] = [[card.what, card.number, card.answer] for card in change.cards]
    if change.fields:
        value["fields"] = change.fields
    return value


def media_type(ending: str) -> str:
    """The media type of a picture or a sound by the ending of its name."""
    return _KINDS.get(ending, f"image/{ending}")


def _data_url(file: MediaFile) -> str:
    ending = file.packaged.rpartition(".")[2]
    return f"data:{media_type(ending)};base64,{base64.b64encode(file.path.read_bytes()).decode()}"
