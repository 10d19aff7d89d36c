"""Markdown to the HTML of an Anki field, with every piece of visible text still addressable.

A text becomes segments: visible text, inline tags, blocks, and atoms (formulas, code) that are never cut. Their
visible characters, in order, are the text that cloze deletions are chosen in; `deckgen.clozetext` puts the
deletions between the segments. Raw HTML is shown as text. Whatever Anki would act on inside a field (template
braces, ``[sound:..]``, ``[[type:..]]``, MathJax delimiters) is written so that it stays text.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from deckgen.media import SOUNDS

_PLAIN = re.compile(r"(?![-+#>=|~:\s]|\d+[.)])[^\\*_`\[\]<&$\n\r\t\x00]+(?<!\s)")
"""A line without anything that Markdown acts on."""
_PIECE = re.compile(
    r"(?P<text>(?:[^\\*_`\[\]<&$\n\r\t\x00]|<(?=[ =]|\d+(?:\.\d+)?[ %])|&(?![#\w]))+)"
    r"|(?<![*\w])\*\*(?P<strong>[^\W_](?:[^\\*_`\[\]<&$\n\r\t\x00]*[^\W_])?)\*\*(?![*\w])"
    r"|(?<![*\w])\*(?P<em>[^\W_](?:[^\\*_`\[\]<&$\n\r\t\x00]*[^\W_])?)\*(?![*\w])"
    r"|(?<!`)`(?P<code>[^`\s\x00](?:[^`\n\r\t\x00]*[^`\s\x00])?)`(?!`)"
    r"|(?<![$\d])\$(?P<formula>[^\s\\`$*_\[\]<&\x00](?:[^`$\n\r\t*\[\]<&\x00]*[^\s\\`$*\[\]<&\x00])?)\$(?![$\d])"
    r"|(?<![\s\n])\n(?P<line>(?![-+#>=|~:\s]|\d+[.)]))"
)
"""What a simple paragraph is made of; `deckgen.markdown` would make the same of it, and a test holds it to that."""
_BLOCK = re.compile(r"[-+#>=|~:\s]|\d+[.)]")
_DELIMITER = re.compile(r"\\[()\[\]]")
_BETWEEN = re.compile(r"\n{2,}")
_MARKED = re.compile(r"[&<>{}\[\\]")
_ENCODED = {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("{"): "&#123;",
    ord("}"): "&#125;",
    ord("["): "&#91;",
    ord("\\"): "<span>\\</span>",
}
_TAG = re.compile(r"<(/?[a-z][a-z0-9]*)(?:\s[^<>]*)?>|\[sound:[^\]]*\]")
BREAKS = frozenset(("br", "hr", "/p", "/li", "/td", "/th", "/tr", "/pre", "/blockquote"))


class Segment(NamedTuple):
    """A piece of a text. ``role``: ``text``, ``atom``, ``open`` and ``close`` (inline tags), or ``block``."""

    role: str
    html: str
    visible: str = ""


class Doubt(NamedTuple):
    """Something in a Markdown text that cannot go on a card: code, message, advice, and the text at fault."""

    code: str
    message: str
    advice: str
    quoted: str


@dataclass(frozen=True, slots=True)
class Rich:
    """A Markdown text made ready for a field: ``html`` for the field, ``text`` as a reader sees it."""

    segments: tuple[Segment, ...]
    text: str
    html: str
    images: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def atoms(self) -> tuple[tuple[int, int], ...]:
        """Ranges of ``text`` that may be hidden whole but never cut."""
        ranges = []
        at = 0
        for segment in self.segments:
            if segment.role == "atom" and segment.visible:
                ranges.append((at, at + len(segment.visible)))
            at += len(segment.visible)
        return tuple(ranges)


_SPACE = Segment("text", " ", " ")
NO_TEXT = Rich((), "", "")


def encode(text: str) -> str:
    """Plain text as field HTML: Anki shows exactly these characters."""
    return text.translate(_ENCODED) if _MARKED.search(text) else text


def attribute(text: str) -> str:
    """Plain text as the value of an attribute in double quotes."""
    return html.escape(text).replace("{", "&#123;").replace("}", "&#125;").replace("[", "&#91;")


def medium(packaged: str, alt: str) -> str:
    """Field HTML that shows a picture, or that plays a sound, by its name in the package."""
    if packaged.endswith(SOUNDS):
        return f"[sound:{packaged}]"
    return f'<img src="{attribute(packaged)}" alt="{attribute(alt)}">'


def visible_text(field: str) -> str:
    """What a reader sees of field HTML that deckgen wrote: no tags, a line break for each block."""
    if "<" not in field and "&" not in field and "[" not in field:
        return field
    return html.unescape(_TAG.sub(lambda tag: "\n" if tag[1] in BREAKS else "", field))


def render(text: str, media: Callable[[str], str | None] = lambda _: None) -> Rich:
    """Markdown to a `Rich` text. ``media`` gives the packaged name of a media file, or None if there is none."""
    return _render(text, media) if "![" in text else _without_media(text)


@functools.lru_cache(maxsize=2048)
def _without_media(text: str) -> Rich:
    """A text that names no files; the rules ask for most of those that were composed a moment ago."""
    return _render(text, lambda _: None)


def _render(text: str, media: Callable[[str], str | None]) -> Rich:
    if _PLAIN.fullmatch(text):
        field = encode(text)
        return Rich((Segment("text", field, text),), text, field)
    text = text.strip()
    segments = _simple(text)
    if segments is not None:
        return _rich(segments)
    from deckgen.markdown import Parsed  # noqa: PLC0415 - the parser is slow to import, and most banks need it rarely

    parsed = Parsed(text, media)
    return _rich(parsed.segments, parsed.images, parsed.doubts)


def _rich(segments: Sequence[Segment], images: tuple[str, ...] = (), doubts: tuple[Doubt, ...] = ()) -> Rich:
    visible = "".join([segment.visible for segment in segments])
    return Rich(tuple(segments), visible, "".join([segment.html for segment in segments]), images, doubts)


def _simple(text: str) -> list[Segment] | None:
    """The segments of paragraphs of text, emphasis, code and formulas; None for what needs a parser."""
    if "\n\n" not in text:
        return _paragraph(text)
    segments: list[Segment] = []
    for part in _BETWEEN.split(text):
        inner = _paragraph(part)
        if inner is None:
            return None
        segments += (Segment("block", "<p>"), *inner, Segment("block", "</p>", "\n"))
    return segments


def _paragraph(text: str) -> list[Segment] | None:
    if not text or _BLOCK.match(text):
        return None
    segments: list[Segment] = []
    at = 0
    for piece in _PIECE.finditer(text):
        if piece.start() != at:
            return None
        at = piece.end()
        kind = piece.lastgroup or ""
        inner = piece[kind]
        if kind == "text":
            segments.append(Segment("text", encode(inner), inner))
        elif kind == "line":
            segments.append(_SPACE)
        elif kind == "code":
            segments.append(Segment("atom", f"<code>{encode(inner)}</code>", inner))
        elif kind == "formula":
            if "\\" in inner and _DELIMITER.search(inner):
                return None
            segments.append(formula(inner, display=False)[0])
        else:
            segments += (
                Segment("open", f"<{kind}>"),
                Segment("text", encode(inner), inner),
                Segment("close", f"</{kind}>"),
            )
    return segments if at == len(text) and not text[-1].isspace() else None


_ANKI_BRACKET = re.compile(r"\[(?=\[|sound:|anki:|\$|latex)", re.IGNORECASE)
"""Brackets by which Anki knows sound, speech, a place to type, and LaTeX; in a formula they are only brackets."""
_ACTING = re.compile(
    r"\\(?:href|url|html\w*|require|style|class|cssId|data|csname|includegraphics|unicode|bbox|special|toggle"
    r"|mmlToken|texttip|tooltip|mathtip|action\w*)(?![A-Za-z])"
)
"""Commands of MathJax that make links, styles, pictures or things to click, or build the name of such a command."""


def formula(tex: str, *, display: bool) -> tuple[Segment, Doubt | None]:
    """A formula as Anki's MathJax reads it, and what is wrong with it."""
    begin, end = ("\\[", "\\]") if display else ("\\(", "\\)")
    tex = " ".join(tex.split())
    if begin in tex or end in tex:
        advice = f"leave {begin} and {end} out of the formula"
        return Segment("atom", encode(tex), tex), Doubt("formula", "a formula holds a MathJax delimiter", advice, tex)
    acting = _ACTING.search(tex)
    if acting is not None:
        message = f"a formula holds {acting[0]}, which can make a link or a style"
        return Segment("atom", encode(tex), tex), Doubt("formula", message, "write the formula without it", tex)
    body = html.escape(tex, quote=False).replace("{{", "&#123;&#123;").replace("}}", "&#125;&#125;")
    body = _ANKI_BRACKET.sub("&#91;", body)
    if display and _ANKI_BRACKET.match(f"[{body}"):
        body = f"&#{ord(body[0])};{body[1:]}"  # the bracket of the delimiter would make such a mark
    return Segment("atom", f"{begin}{body}{end}", f"{begin}{tex}{end}"), None
