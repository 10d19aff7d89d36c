"""Render a card as Anki does: templates, conditionals, filters and cloze deletions.

The preview shows cards through this module, and the package writer asks it which cards a note has. It
follows what Anki 26.9 does with a note that is being reviewed, byte for byte, with these differences:
``[sound:..]`` and ``[anki:tts ..]`` stay as they are (Anki turns them into play buttons), the id that the
``hint`` filter gives its element is another one, and image occlusion shapes are shown as text.

Anki's manual describes the dialect: https://docs.ankiweb.net/templates/intro.html
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from deckgen.anki_filters import WHITE_SPACE, apply_filters, cloze_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deckgen.notetypes import NoteType

Side = Literal["front", "back"]

_MANUAL = "https://docs.ankiweb.net/templates/errors.html"
_SPECIAL_FIELDS = ("Card", "CardFlag", "CardID", "Deck", "Subdeck", "Type")
_HIGHEST_CLOZE_CARD = 499


class TemplateError(ValueError):
    """A template that Anki cannot render. ``details`` is Anki's own description of the fault."""

    def __init__(self, details: str) -> None:
        super().__init__(details)
        self.details = details


@dataclass(frozen=True, slots=True)
class RenderedCard:
    """Both sides of a card; ``fault`` is Anki's message where it shows one instead of the card."""

    front: str
    back: str
    fault: str | None = None


def render_card(
    note_type: NoteType,
    fields: Mapping[str, str],
    ordinal: int,
    *,
    deck: str = "",
    tags: str = "",
    side: Side,
) -> str:
    """One side of a card as HTML. ``fields`` goes by field name; a field left out is empty.

    ``ordinal`` is the card's place in its note, from 0: a template of an ordinary note type, a cloze number
    less one of a cloze type. A card that Anki cannot show gives the message that Anki shows in its place.
    Raises ``IndexError`` for an ordinal without a template.
    """
    card = render_sides(note_type, fields, ordinal, deck=deck, tags=tags)
    return card.front if side == "front" else card.back


def render_sides(
    note_type: NoteType, fields: Mapping[str, str], ordinal: int, *, deck: str = "", tags: str = ""
) -> RenderedCard:
    """Both sides of a card, and the fault if it has one. See :func:`render_card`."""
    template = note_type.templates[0 if note_type.is_cloze else ordinal]
    values = _values(note_type, fields)
    special = {
        "Tags": tags,
        "Type": note_type.name,
        "Deck": deck,
        "Subdeck": deck.rsplit("::", 1)[-1],
        "CardFlag": "flag0",
        "Card": template.name,
        "CardID": "0",
        f"c{ordinal + 1}": "1",
    }
    values = special | values
    context = _Context(values, _filled(values), ordinal)
    try:
        nodes = _parse(template.front)
        front = context.render(nodes)
    except TemplateError as error:
        return _broken("Front", error)
    fault = _no_cloze(context) if note_type.is_cloze else _blank_front(context, nodes)
    if fault is not None:
        return RenderedCard(front + fault, fault, fault)
    try:
        back = replace(context, front=front).render(_parse(template.back))
    except TemplateError as error:
        return _broken("Back", error)
    return RenderedCard(front, back)


def card_ordinals(note_type: NoteType, fields: Mapping[str, str], *, tags: str = "") -> tuple[int, ...]:
    """The cards that Anki would make for a note, as ordinals in rising order.

    Cloze types: one for each cloze number in any field, where all numbers above 500 share one card.
    Ordinary types: one for each template whose front shows a field that is not empty.
    """
    values = _values(note_type, fields)
    if note_type.is_cloze:
        numbers = {n for value in values.values() for n in cloze_numbers(value)}
        return tuple(sorted({min(n - 1, _HIGHEST_CLOZE_CARD) for n in numbers}))
    filled = _filled(values) | (set(_SPECIAL_FIELDS) - set(values))
    if tags and "Tags" not in values:
        filled.add("Tags")
    return tuple(i for i, template in enumerate(note_type.templates) if _makes_card(template.front, filled))


def is_blank(value: str) -> bool:
    """Whether Anki takes a field for empty: nothing but white space and ``br`` and ``div`` tags."""
    return _BLANK.fullmatch(value) is not None


_BLANK = re.compile(r"(?:[\t\n\v\f\r ]|</?(?:br|div) ?/?>)*", re.IGNORECASE)


def _values(note_type: NoteType, fields: Mapping[str, str]) -> dict[str, str]:
    return {f.name: fields.get(f.name, "") for f in note_type.fields}


def _filled(values: Mapping[str, str]) -> set[str]:
    return {name for name, value in values.items() if not is_blank(value)}


def _makes_card(front: str, filled: set[str]) -> bool:
    try:
        return _shows_a_field(_parse(front), filled)
    except TemplateError:
        return False


# Anki's messages, in English. Anki sets U+2068 and U+2069 around what it puts into a sentence.


def _quoted(text: str) -> str:
    return f"'\u2068{text}\u2069'"


def _broken(side: str, error: TemplateError) -> RenderedCard:
    details = html.escape(error.details)
    text = (
        f"{side} template has a problem:<br>{details}<br><a href='{_MANUAL}#template-syntax-error'>More information</a>"
    )
    return RenderedCard(text, text, text)


def _no_cloze(context: _Context) -> str | None:
    number = context.ordinal + 1
    if any(number in cloze_numbers(value) for value in context.values.values()):
        return None
    return _notice(
        f"No cloze \u2068{number}\u2069 found on card.\n"
        "Please either add a cloze deletion, or use the Empty Cards tool.",
        "no-cloze-filter-on-cloze-note-type",
    )


def _blank_front(context: _Context, nodes: _Nodes) -> str | None:
    if _shows_a_field(nodes, context.filled):
        return None
    return _notice("The front of this card is blank.", "front-of-card-is-blank")


def _notice(message: str, place: str) -> str:
    return f"<div>{message}<br><a href='{_MANUAL}#{place}'>More information</a></div>"


# Templates


@dataclass(frozen=True, slots=True)
class _Replacement:
    name: str
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Conditional:
    name: str
    negated: bool
    children: _Nodes


_Node = str | _Replacement | _Conditional
_Nodes = tuple[_Node, ...]
_TAG = re.compile(r"\{\{(.*?)\}\}|<!--.*?-->", re.DOTALL)
_OLD_TAG = re.compile(r"<%(.*?)%>|<!--.*?-->", re.DOTALL)
_OLD_STYLE = "{{=<% %>=}}"


@lru_cache(maxsize=64)
def _parse(template: str) -> _Nodes:
    return _parse_inside(_tokens(template), None)


def _tokens(template: str) -> Iterator[tuple[str, str]]:
    """Kind of token and its content. The kinds: text, and the sigils ``#``, ``^``, ``/`` and ``=``."""
    pattern = _TAG
    if template.lstrip(WHITE_SPACE).startswith(_OLD_STYLE):
        pattern = _OLD_TAG
        template = template.lstrip(WHITE_SPACE)
        while template.startswith(_OLD_STYLE):
            template = template.removeprefix(_OLD_STYLE)
    place = 0
    for match in pattern.finditer(template):
        if match[1] is None:
            continue
        yield "text", template[place : match.start()]
        place = match.end()
        name = match[1].lstrip("{").strip(WHITE_SPACE)
        if len(name.encode()) > 1 and name[0] in "#^/":
            yield name[0], name[1:].lstrip(WHITE_SPACE)
        else:
            yield "=", name
    yield "text", template[place:]


def _parse_inside(tokens: Iterator[tuple[str, str]], opened: str | None) -> _Nodes:
    nodes: list[_Node] = []
    for kind, content in tokens:
        if kind == "text":
            nodes.append(content)
        elif kind == "=":
            *filters, name = content.split(":")
            nodes.append(_Replacement(name, tuple(reversed(filters))))
        elif kind == "/":
            if content == opened:
                return tuple(nodes)
            raise TemplateError(_wrong_close(content, opened))
        else:
            nodes.append(_Conditional(content, kind == "^", _parse_inside(tokens, content)))
    if opened is not None:
        raise TemplateError(f"Missing {_quoted('{{/' + opened + '}}')}")
    return tuple(nodes)


def _wrong_close(closed: str, opened: str | None) -> str:
    found = f"Found {_quoted('{{/' + closed + '}}')}, but "
    if opened is not None:
        return f"{found}expected {_quoted('{{/' + opened + '}}')}"
    return f"{found}missing {_quoted('{{#' + closed + '}}')} or {_quoted('{{^' + closed + '}}')}"


def _shows_a_field(nodes: _Nodes, filled: set[str]) -> bool:
    for node in nodes:
        if isinstance(node, _Replacement):
            if node.name in filled:
                return True
        elif isinstance(node, _Conditional):
            applies = (node.name in filled) is not node.negated
            if applies and _shows_a_field(node.children, filled):
                return True
    return False


@dataclass(frozen=True, slots=True)
class _Context:
    values: Mapping[str, str]
    filled: set[str]
    ordinal: int
    front: str | None = None
    """The rendered front while the back is rendered."""

    def render(self, nodes: _Nodes) -> str:
        return "".join(map(self._node, nodes))

    def _node(self, node: _Node) -> str:
        if isinstance(node, str):
            return node
        if isinstance(node, _Replacement):
            return self._replacement(node)
        if node.name not in self.values and not _is_cloze_condition(node.name):
            sigil = "^" if node.negated else "#"
            raise TemplateError(_no_such_field(sigil + node.name, node.name))
        # Children are rendered in any case: a fault in a hidden part is a fault.
        inside = self.render(node.children)
        return inside if (node.name in self.filled) is not node.negated else ""

    def _replacement(self, node: _Replacement) -> str:
        if node.name == "FrontSide":
            return self.front or ""
        if not node.name and node.filters:
            return ""
        if node.name not in self.values:
            raise TemplateError(_no_such_field(":".join((*reversed(node.filters), node.name)), node.name))
        return apply_filters(
            self.values[node.name], node.name, node.filters, self.ordinal + 1, hidden=self.front is None
        )


def _no_such_field(tag: str, name: str) -> str:
    return f"Found {_quoted('{{' + tag + '}}')}, but there is no field called {_quoted(name)}"


def _is_cloze_condition(name: str) -> bool:
    return re.fullmatch(r"c\+?[0-9]+", name) is not None and int(name[1:]) < 2**32
