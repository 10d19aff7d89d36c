"""Markdown that needs a parser: lists, tables, links, images, nested emphasis, and whatever is odd.

`deckgen.markup.render` comes here with the texts that its own quick reading does not know.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from deckgen.markup import BREAKS, Doubt, Segment, attribute, encode, formula, medium
from deckgen.names import is_web_address


class Parsed:
    """The segments of a Markdown text, the media it names, and what of it cannot go on a card."""

    def __init__(self, text: str, media: Callable[[str], str | None]) -> None:
        writer = _Writer(media)
        self.segments = list(writer.blocks(_markdown().parse(text)))
        while self.segments and self.segments[-1].visible == "\n" and self.segments[-1].html == "<br>":
            self.segments.pop()
        self.images, self.doubts = tuple(writer.images), tuple(writer.doubts)


def _any_link(url: str) -> bool:
    return bool(url)


_dollar_rule = math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True)


def _formula_in_line(state: StateInline, silent: bool) -> bool:
    """The plugin's rule, which at the very beginning of a text takes the last character for the one before."""
    if state.pos > 0:
        return _dollar_rule(state, silent)
    state.src, state.pos, state.posMax = " " + state.src, 1, state.posMax + 1
    found = _dollar_rule(state, silent)
    state.src, state.pos, state.posMax = state.src[1:], state.pos - 1, state.posMax - 1
    return found


@functools.cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table")
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    parser.inline.ruler.at("math_inline", _formula_in_line)
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
            return Segment("block", f"</{tag}>", "\n" if "/" + tag in BREAKS else "")
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
        written, doubt = formula(tex, display=display)
        if doubt is not None:
            self.doubts.append(doubt)
        return written

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
        yield Segment("block", medium(packaged, _alternative(token)))


def _alternative(token: Token) -> str:
    """What stands in place of a picture: its text without marks, as CommonMark wants it."""
    parts = []
    for child in token.children or []:
        broken = child.type in ("softbreak", "hardbreak")
        parts.append(" " if broken else _alternative(child) if child.type == "image" else child.content)
    return "".join(parts)
