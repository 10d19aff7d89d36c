"""What Anki's field filters make of a field's text, cloze deletions among them.

Part of rendering a card as Anki does: see :mod:`deckgen.anki_template`, which says where the two differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from html.entities import name2codepoint
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEEPEST_CLOZE = 10
"""Anki ignores the opening of a cloze deletion inside this many others."""
# What Anki trims from tags. Python's own notion of white space adds the ASCII separators.
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def apply_filters(text: str, name: str, filters: tuple[str, ...], number: int, *, hidden: bool) -> str:
    """The text of the field ``name`` after its filters, of which the one written next to it comes first.

    ``number`` is the cloze number of the card, ``hidden`` whether its answers are (on the front). Anki
    leaves the first filter it does not know, and all after it, to add-ons: they change nothing here.
    """
    if filters and filters[-1] == "type":
        filters = (_TYPE_VARIANTS.get(filters, "type"),)
    for filter_name in filters:
        if filter_name in {"cloze", "cloze-only"}:
            text = (_cloze if filter_name == "cloze" else _cloze_only)(text, number, hidden)
        elif filter_name in _TYPE_BOXES:
            text = f"[[{_TYPE_BOXES[filter_name]}:{name}]]"
        elif filter_name == "hint":
            text = _hint(text, name)
        elif filter_name.startswith("tts "):
            text = f"[anki:tts lang={filter_name[4:]}]{text}[/anki:tts]"
        elif filter_name in _PLAIN_FILTERS:
            text = _PLAIN_FILTERS[filter_name](text)
        else:
            break
    return text


_TYPE_VARIANTS: dict[tuple[str, ...], str] = {("cloze", "type"): "type-cloze", ("nc", "type"): "type-nc"}
_TYPE_BOXES = {"type": "type", "type-cloze": "type:cloze", "type-nc": "type:nc"}


def cloze_numbers(text: str) -> frozenset[int]:
    """The cloze numbers of a field, nested ones included. Number 0 makes no card and is left out."""
    if "{{c" not in text:
        return frozenset()
    return frozenset(number for number in _numbers(_parse_clozes(text)) if number)


_MARKUP = re.compile(r"<!--.*?-->|<style.*?>.*?</style>|<script.*?>.*?</script>|<.*?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#([0-9]+)|#x([0-9a-fA-F]+)|([^;]*));|&")
_RUBY = re.compile(r" ?([^ >]+?)\[(.+?)\]")
_FORMULA = re.compile(r"(\\[(\[])(.*?)(\\[\])])", re.DOTALL)


def _plain_text(text: str) -> str:
    text = _MARKUP.sub("", text)
    try:
        decoded = _ENTITY.sub(_character, text)
    except ValueError:
        return text
    return decoded.replace("\xa0", " ") if "&" in text else text


def _character(match: re.Match[str]) -> str:
    """The character an entity stands for; ``ValueError`` where Anki gives up on the whole text."""
    decimal, hexadecimal, name = match.groups()
    if decimal is None and hexadecimal is None:
        if name not in name2codepoint:
            raise ValueError(name)
        return chr(name2codepoint[name])
    number = int(decimal) if decimal is not None else int(hexadecimal, 16)
    if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        raise ValueError(number)
    return chr(number)


def _ruby(replacement: str) -> Callable[[str], str]:
    def replace(match: re.Match[str]) -> str:
        return match[0] if match[2].startswith("sound:") else match.expand(replacement)

    return lambda text: _RUBY.sub(replace, text.replace("&nbsp;", " "))


_PLAIN_FILTERS: dict[str, Callable[[str], str]] = {
    "": str,
    "text": _plain_text,
    "furigana": _ruby(r"<ruby><rb>\1</rb><rt>\2</rt></ruby>"),
    "kana": _ruby(r"\2"),
    "kanji": _ruby(r"\1"),
}


def _hint(text: str, name: str) -> str:
    if not text.strip(WHITE_SPACE):
        return text
    mark = "hint" + sha256((text + name).encode()).hexdigest()[:16]
    return f"""
<a class=hint href="#"
onclick="this.style.display='none';
document.getElementById('{mark}').style.display='block';
return false;" draggable=false>
{name}</a>
<div id="{mark}" class=hint style="display: none">{text}</div>
"""


# Cloze deletions


@dataclass(slots=True)
class _Deletion:
    numbers: tuple[int, ...]
    parts: list[str | _Deletion] = field(default_factory=list)
    hint: str = "..."

    def answer(self) -> str:
        return "".join(part if isinstance(part, str) else part.answer() for part in self.parts)


_BRACES = re.compile(r"\{\{c([0-9,]+)::|\}\}")


@lru_cache(maxsize=32)  # the cards of a note ask for the same fields
def _parse_clozes(text: str) -> list[str | _Deletion]:
    output: list[str | _Deletion] = []
    stack: list[_Deletion] = []
    place = 0
    for match in _BRACES.finditer(text):
        numbers = _written_numbers(match[1]) if match[1] is not None else ()
        if match[1] is not None and not numbers:
            continue
        _add_text(text[place : match.start()], stack, output)
        place = match.end()
        if numbers:
            if len(stack) < DEEPEST_CLOZE:
                stack.append(_Deletion(numbers))
        elif stack:
            closed = stack.pop()
            (stack[-1].parts if stack else output).append(closed)
        else:
            output.append("}}")
    _add_text(text[place:], stack, output)
    return output


def _written_numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(n) for n in text.split(",") if n and int(n) < 2**16}))


def _add_text(text: str, stack: list[_Deletion], output: list[str | _Deletion]) -> None:
    if not text:
        return
    if not stack:
        output.append(text)
        return
    shown, separator, hint = text.partition("::")
    stack[-1].parts.append(shown)
    if separator:
        stack[-1].hint = hint


def _numbers(parts: list[str | _Deletion]) -> Iterator[int]:
    for part in parts:
        if isinstance(part, _Deletion):
            yield from part.numbers
            yield from _numbers(part.parts)


def _cloze(text: str, number: int, hidden: bool) -> str:
    if "{{c" not in text:
        return ""
    parts = _parse_clozes(text)
    if number not in _numbers(parts):
        return ""
    shown = _show_parts(parts, number, hidden)
    return _FORMULA.sub(lambda match: match[1] + _MARKUP.sub("", match[2]) + match[3], shown)


def _show_parts(parts: list[str | _Deletion], number: int, hidden: bool) -> str:
    return "".join(part if isinstance(part, str) else _show(part, number, hidden) for part in parts)


def _show(deletion: _Deletion, number: int, hidden: bool) -> str:
    inside = _show_parts(deletion.parts, number, hidden)
    ordinal = f'data-ordinal="{",".join(map(str, deletion.numbers))}"'
    if number not in deletion.numbers:
        return f'<span class="cloze-inactive" {ordinal}>{inside}</span>'
    if not hidden:
        return f'<span class="cloze" {ordinal}>{inside}</span>'
    return f'<span class="cloze" data-cloze="{_attribute(inside)}" {ordinal}>[{deletion.hint}]</span>'


def _attribute(text: str) -> str:
    """Escape as Anki does for ``data-cloze``: all of Latin-1 but ASCII letters and digits."""
    return re.sub(r"[^0-9A-Za-z\u0100-\U0010ffff]", lambda m: _NAMED.get(m[0]) or f"&#x{ord(m[0]):02X};", text)


_NAMED = {'"': "&quot;", "&": "&amp;", "<": "&lt;", ">": "&gt;"}


def _cloze_only(text: str, number: int, hidden: bool) -> str:
    return ", ".join(_only(_parse_clozes(text), number, hidden))


def _only(parts: list[str | _Deletion], number: int, hidden: bool) -> Iterator[str]:
    for part in parts:
        if isinstance(part, _Deletion):
            if number in part.numbers:
                yield part.hint if hidden else part.answer()
            yield from _only(part.parts, number, hidden)
