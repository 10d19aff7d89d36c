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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from deckgen.names import is_web_address

_PLAIN = re.compile(r"(?![-+#>=|~:\s]|\d+[.)])[^\\*_`\[\]<&$\n\r\t]+(?<!\s)")
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
_TAG = re.compile(r"<(/?[a-z][a-z0-9]*)(?:\s[^<>]*)?>")
_BREAKS = frozenset(("br", "hr", "/p", "/li", "/td", "/th", "/tr", "/pre", "/blockquote"))


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


NO_TEXT = Rich((), "", "")


def encode(text: str) -> str:
    """Plain text as field HTML: Anki shows exactly these characters."""
    return text.translate(_ENCODED) if _MARKED.search(text) else text


def attribute(text: str) -> str:
    """Plain text as the value of an attribute in double quotes."""
    return html.escape(text).replace("{", "&#123;").replace("}", "&#125;").replace("[", "&#91;")


def visible_text(field: str) -> str:
    """What a reader sees of field HTML that deckgen wrote: no tags, a line break for each block."""
    if "<" not in field and "&" not in field:
        return field
    return html.unescape(_TAG.sub(lambda tag: "\n" if tag[1] in _BREAKS else "", field))


def render(text: str, media: Callable[[str], str | None] = lambda _: None) -> Rich:
    """Markdown to a `Rich` text. ``media`` gives the packaged name of a media file, or None if there is none."""
    if _PLAIN.fullmatch(text):
        field = encode(text)
        return Rich((Segment("text", field, text),), text, field)
    writer = _Writer(media)
    segments = list(writer.blocks(_markdown().parse(text.strip())))
    while segments and segments[-1].visible == "\n" and segments[-1].html == "<br>":
        segments.pop()
    return Rich(
        tuple(segments),
        "".join(segment.visible for segment in segments),
        "".join(segment.html for segment in segments),
        tuple(writer.images),
        tuple(writer.doubts),
    )


def _any_link(url: str) -> bool:
    return bool(url)


@functools.cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table")
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    parser.validateLink = _any_link  # type: ignore[method-assign] # judged here, with a message
    return parser


_BLOCKS = {
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
}
_INLINE = {"em": "em", "strong": "strong"}


class _Writer:
    def __init__(self, media: Callable[[str], str | None]) -> None:
        self.media = media
        self.images: list[str] = []
        self.doubts: list[Doubt] = []
        self.links: list[bool] = []

    def blocks(self, tokens: list[Token]) -> Iterator[Segment]:
        paragraphs = sum(token.type in ("paragraph_open", "heading_open") for token in tokens)
        bare = paragraphs == 1 and len(tokens) == 3
        for token in tokens:
            name = token.type.removesuffix("_open").removesuffix("_close")
            if token.type == "inline":
                yield from self.inline(token.children or [])
            elif name in ("paragraph", "heading"):
                yield from self.paragraph(token, name, bare)
            elif name in _BLOCKS:
                yield self.block(token, _BLOCKS[name])
            elif token.type in ("fence", "code_block"):
                yield Segment("block", "<pre><code>")
                yield Segment("atom", encode(token.content.rstrip("\n")), token.content.rstrip("\n"))
                yield Segment("block", "</code></pre>", "\n")
            elif token.type in ("math_block", "math_block_label"):
                yield self.formula(token.content.strip(), display=True)
                yield Segment("block", "<br>", "\n")
            elif token.type == "hr":
                yield Segment("block", "<hr>", "\n")

    def paragraph(self, token: Token, name: str, bare: bool) -> Iterator[Segment]:
        opens = token.nesting == 1
        if not bare and not token.hidden:
            yield Segment("block", "<p>" if opens else "</p>", "" if opens else "\n")
        if name == "heading":
            yield Segment("open" if opens else "close", "<strong>" if opens else "</strong>")

    def block(self, token: Token, tag: str) -> Segment:
        if token.nesting == -1:
            return Segment("block", f"</{tag}>", "\n" if "/" + tag in _BREAKS else "")
        start = token.attrGet("start")
        if tag == "ol" and start is not None:
            return Segment("block", f'<ol start="{int(start)}">')
        style = str(token.attrGet("style") or "")
        if style.startswith("text-align:") and style[11:] in ("left", "right", "center"):
            return Segment("block", f'<{tag} style="{style}">')
        return Segment("block", f"<{tag}>")

    def inline(self, tokens: list[Token]) -> Iterator[Segment]:
        for token in tokens:
            name = token.type.removesuffix("_open").removesuffix("_close")
            if token.type == "text":
                if token.content:
                    yield Segment("text", encode(token.content), token.content)
            elif token.type == "softbreak":
                yield Segment("text", " ", " ")
            elif token.type == "hardbreak":
                yield Segment("block", "<br>", "\n")
            elif token.type == "code_inline":
                yield Segment("atom", f"<code>{encode(token.content)}</code>", token.content)
            elif token.type in ("math_inline", "math_inline_double", "math_single"):
                yield self.formula(token.content, display=token.type == "math_inline_double")
            elif name in _INLINE:
                tag = _INLINE[name]
                yield Segment("open", f"<{tag}>") if token.nesting == 1 else Segment("close", f"</{tag}>")
            elif name == "link":
                yield from self.link(token)
            elif token.type == "image":
                yield from self.image(token)

    def formula(self, tex: str, *, display: bool) -> Segment:
        begin, end = ("\\[", "\\]") if display else ("\\(", "\\)")
        tex = " ".join(tex.split())
        if begin in tex or end in tex:
            self.doubts.append(
                Doubt(
                    "formula",
                    "a formula holds a MathJax delimiter",
                    f"leave {begin} and {end} out of the formula",
                    tex,
                )
            )
            return Segment("atom", encode(tex), tex)
        body = html.escape(tex, quote=False).replace("{{", "&#123;&#123;").replace("}}", "&#125;&#125;")
        return Segment("atom", f"{begin}{body}{end}", f"{begin}{tex}{end}")

    def link(self, token: Token) -> Iterator[Segment]:
        if token.nesting == -1:
            if self.links.pop():
                yield Segment("close", "</a>")
            return
        url = str(token.attrGet("href") or "")
        good = is_web_address(url) or (url.lower().startswith("mailto:") and not re.search(r"[\s<>\"]", url))
        self.links.append(good)
        if good:
            yield Segment("open", f'<a href="{attribute(url)}">')
        else:
            wanted = "use an address that begins with https://, http:// or mailto:"
            self.doubts.append(Doubt("unsafe-link", f"the link `{url[:80]}` cannot go on a card", wanted, url))

    def image(self, token: Token) -> Iterator[Segment]:
        name = unquote(str(token.attrGet("src") or ""))
        packaged = self.media(name)
        if packaged is None:
            wanted = "put the file in the folder media and name it without a path"
            self.doubts.append(Doubt("missing-media", f"there is no media file `{name[:80]}`", wanted, name))
            return
        self.images.append(name)
        yield Segment("block", f'<img src="{attribute(packaged)}" alt="{attribute(token.content)}">')
