r"""Formulas on cards as MathML, which browsers show by themselves.

Anki sets ``\(..\)`` and ``\[..\]`` with MathJax. The preview must not need the network, and MathJax is several
megabytes; MathML made by latex2mathml looks alike and is read aloud by screen readers. Where latex2mathml is not
installed or does not understand a formula, its TeX is shown as it stands.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FORMULA = re.compile(r"<[^>]*>|\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
_LONGEST = 2000
"""Characters of a formula that are still tried: latex2mathml goes down one call for each group."""
_ELEMENTS = frozenset(
    [
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "ms",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "mroot",
        "mstyle",
        "merror",
        "mpadded",
        "mphantom",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mmultiscripts",
        "mprescripts",
        "none",
        "mtable",
        "mtr",
        "mtd",
        "menclose",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "display",
        "displaystyle",
        "scriptlevel",
        "mathvariant",
        "stretchy",
        "fence",
        "separator",
        "lspace",
        "rspace",
        "minsize",
        "maxsize",
        "form",
        "largeop",
        "movablelimits",
        "symmetric",
        "accent",
        "accentunder",
        "linethickness",
        "width",
        "height",
        "depth",
        "voffset",
        "columnalign",
        "rowalign",
        "columnspacing",
        "rowspacing",
        "columnlines",
        "rowlines",
        "notation",
    ]
)
_PLAIN_VALUE = re.compile(r"[\w.%+\- ]{0,60}")


def with_mathml(side: str) -> str:
    """A side of a card with every formula as MathML; attributes of tags are left alone."""
    if "\\(" not in side and "\\[" not in side:
        return side
    return _FORMULA.sub(_shown, side)


def _shown(match: re.Match[str]) -> str:
    inline, display = match[1], match[2]
    if inline is None and display is None:
        return match[0]
    tex = html.unescape(inline if inline is not None else display)
    shown = mathml(tex, display=inline is None)
    return shown or f'<code class="tex">{html.escape(html.unescape(match[0]), quote=False)}</code>'


@functools.lru_cache(maxsize=4096)
def mathml(tex: str, *, display: bool) -> str | None:
    """A formula as MathML, or None where it cannot be made. Only elements and attributes of mathematics get through."""
    try:
        from latex2mathml.converter import convert_to_element  # noqa: PLC0415
    except ImportError:
        return None
    if len(tex) > _LONGEST:
        return None
    try:
        element = convert_to_element(tex, display="block" if display else "inline")
        return "".join(_written(element))
    except Exception:  # noqa: BLE001 - it raises its own exceptions, and a dozen of Python's for odd TeX
        return None


def _written(element: Element) -> Iterator[str]:
    known = element.tag in _ELEMENTS
    if known:
        yield f"<{element.tag}"
        for name, value in element.items():
            if name in _ATTRIBUTES and _PLAIN_VALUE.fullmatch(value):
                yield f' {name}="{value}"'
        yield ">"
    # The library writes characters of mathematics as entities into the text.
    yield html.escape(html.unescape(element.text or ""))
    for child in element:
        yield from _written(child)
        yield html.escape(html.unescape(child.tail or ""))
    if known:
        yield f"</{element.tag}>"
