"""The four note types a deck has: their fields, their templates and the style of their cards.

The package writer and the preview take everything they know about note types from here. Nothing in this
module reads a bank; the only mistakes it meets are those in a deck's ``theme``.

Ids of note types, fields and templates, the order of the fields and the number of templates are frozen:
Anki recognises a learner's note type by them. Display names, template text and CSS may change.
"""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from deckgen.theme import theme_css

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAIL = (
    "Explanation", "Sources", "Context", "Notice", "Image", "AsOf", "ReviewBy", "Region", "Stubs", "Entry",
    "Spare1", "Spare2", "Spare3", "Spare4", "Spare5",
)  # fmt: skip
_FIELDS = {
    "basic": ("Question", "Answer", "Typed", "Reverse", *_TAIL),
    "choice": ("Question", "Options", "Answer", "Review", *_TAIL),
    "cloze": ("Text", *_TAIL),
    "ordered": ("Question", "Prompts", "Content", *_TAIL),
}
_TEMPLATES = {
    "basic": ("Forward", "Reverse"),
    "choice": ("Choice",),
    "cloze": ("Cloze",),
    "ordered": ("Ordered",),
}
_CLOZE_KEYS = frozenset({"cloze", "ordered"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a note type. ``key`` and ``id`` are permanent, ``name`` is what Anki shows."""

    key: str
    name: str
    id: int


@dataclass(frozen=True, slots=True)
class Template:
    """Front and back of one kind of card, in Anki's template dialect."""

    key: str
    name: str
    id: int
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type as a package holds it; ``sort_field`` is an index into ``fields``."""

    key: str
    id: int
    name: str
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    css: str
    is_cloze: bool
    sort_field: int = 0


def note_types(
    deck_id: str, deck_name: str, *, repository: str | None, version: str, theme: Mapping[str, str] = {}
) -> dict[str, NoteType]:
    """The note types of one deck by their keys: basic, choice, cloze, ordered.

    ``repository`` is the address behind the "suggest a correction" link; without it, or with one that is
    not http(s), cards have no such link. Raises ``ValueError`` for a ``theme`` that
    :func:`deckgen.theme.theme_css` refuses.
    """
    css = _read("card.css")
    css += theme_css(theme, css)
    issue_form = _issue_form(repository, version)
    types = {}
    for key, names in _FIELDS.items():
        types[key] = NoteType(
            key=key,
            id=_number(f"deckgen/{deck_id}/{key}", 10**11, 10**12),
            name=f"{deck_name} {key.capitalize()}",
            fields=tuple(Field(n.lower(), n, _number(f"{key}/{n.lower()}", 1, 2**53)) for n in names),
            templates=tuple(_template(key, name, issue_form) for name in _TEMPLATES[key]),
            css=css,
            is_cloze=key in _CLOZE_KEYS,
        )
    return types


def _number(text: str, low: int, high: int) -> int:
    digest = hashlib.sha256(text.encode()).digest()
    return low + int.from_bytes(digest, "big") % (high - low)


@cache
def _read(name: str) -> str:
    return (files("deckgen") / "templates" / name).read_text(encoding="utf-8")


def _template(type_key: str, name: str, issue_form: str) -> Template:
    key = name.lower()
    stem = type_key if type_key == key else f"{type_key}-{key}"
    return Template(
        key=key,
        name=name,
        id=_number(f"{type_key}/template/{key}", 1, 2**53),
        front=_fill(_read(f"{stem}-front.html"), issue_form),
        back=_fill(_read(f"{stem}-back.html"), issue_form),
    )


def _fill(text: str, issue_form: str) -> str:
    for part in ("head", "foot"):
        text = text.replace(f"<!-- {part} -->\n", _read(f"{part}.html"))
    text = text.replace("<!-- script -->\n", f"<script>\n{_read('card.js')}</script>\n")
    return text.replace("<!-- issue form -->\n", issue_form)


def _issue_form(repository: str | None, version: str) -> str:
    """The link that opens the correction form. Its braces are a template's: Anki fills in the entry."""
    if repository is None or not _is_web_address(repository):
        return ""
    address = html.escape(quote(repository.rstrip("/"), safe=":/[]@!$&*+,;=%~"))
    query = "template=correction.yml&amp;entry={{Entry}}&amp;release=" + quote(version, safe="")
    return f'<a class="suggest" href="{address}/issues/new?{query}">Suggest a correction</a>\n'


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
