"""Pictures and sound of a deck: named by content, and safe to hand to a learner."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
SOUNDS = (".mp3", ".ogg", ".oga", ".opus", ".wav", ".m4a", ".flac")
MAX_BYTES = 100 * 1024 * 1024
"""Anki's own sync service takes no larger file."""

_SVG_ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "metadata",
        "style",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textpath",
        "lineargradient",
        "radialgradient",
        "stop",
        "pattern",
        "clippath",
        "mask",
        "marker",
        "image",
        "switch",
        "view",
        "a",
        "filter",
        "feblend",
        "fecolormatrix",
        "fecomponenttransfer",
        "fecomposite",
        "feconvolvematrix",
        "fediffuselighting",
        "fedisplacementmap",
        "fedistantlight",
        "fedropshadow",
        "feflood",
        "fefunca",
        "fefuncb",
        "fefuncg",
        "fefuncr",
        "fegaussianblur",
        "feimage",
        "femerge",
        "femergenode",
        "femorphology",
        "feoffset",
        "fepointlight",
        "fespecularlighting",
        "fespotlight",
        "fetile",
        "feturbulence",
    ]
)


class MediaError(ValueError):
    """A media file that cannot be shipped; the message says why."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of the media folder and the name it has in the package."""

    path: Path
    packaged: str


def packaged_file(path: Path) -> MediaFile:
    """Read a media file, refuse what is unsafe or too large, and name it by its content.

    Raises `MediaError`.
    """
    ending = path.suffix.lower()
    if ending not in PICTURES + SOUNDS:
        raise MediaError(f"{ending or 'a file without ending'} is not a kind of picture or sound that every Anki shows")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise MediaError(f"{size / 1048576:.0f} MiB is more than the 100 MiB that AnkiWeb takes")
    data = path.read_bytes()
    if ending == ".svg":
        check_svg(data)
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40] or "media"
    return MediaFile(path, f"{stem}-{hashlib.sha256(data).hexdigest()[:12]}{ending}")


def check_svg(data: bytes) -> None:
    """Refuse an SVG that could run a script or reach out of itself. Raises `MediaError`."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: Mapping[str, str]) -> None:
        _check_style("".join(texts))
        texts.clear()
        namespace, _, local = name.rpartition(" ")
        if namespace in ("", "http://www.w3.org/2000/svg") and local.lower() not in _SVG_ELEMENTS:
            raise MediaError(f"the SVG holds the element <{local}>, which is not allowed on a card")
        if namespace == "http://www.w3.org/1999/xhtml":
            raise MediaError("the SVG holds HTML")
        for attribute, value in attributes.items():
            short = attribute.rpartition(" ")[2].lower()
            if short.startswith("on"):
                raise MediaError(f"the SVG holds the script attribute {short}")
            if short == "base":
                raise MediaError("the SVG sets a base address")
            if short in ("href", "src") and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg")):
                raise MediaError(f"the SVG points out of itself: {value[:60]}")
            _check_style(value)

    def refuse(*_: object) -> None:
        raise MediaError("the SVG declares a document type or entities")

    texts: list[str] = []

    def end(_: str) -> None:
        _check_style("".join(texts))
        texts.clear()

    def instruction(target: str, _: str) -> None:
        raise MediaError(f"the SVG holds the processing instruction {target}")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.CharacterDataHandler = texts.append
    parser.EndElementHandler = end
    parser.ProcessingInstructionHandler = instruction
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, MediaError):
            raise
        raise MediaError(f"the SVG is not well-formed: {error}") from error


_REACHING = re.compile(
    r"@import|url\((?!\s*['\"]?\s*#)|image-set\s*\(|\bimage\s*\(|\bsrc\s*\(|expression\s*\(|javascript:"
    r"|\\[0-9a-f]|\\(?=[a-z(@])",
    re.IGNORECASE,
)
"""What reaches out of a style sheet, and escapes, by which any of it can be written in another way."""


def _check_style(text: str) -> None:
    if _REACHING.search(text):
        raise MediaError(f"the SVG reaches out of itself or holds a script: {text.strip()[:60]}")
