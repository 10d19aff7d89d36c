"""Which media files notes and templates name, and what is wrong between the names and the files.

Anki copies a file only if a field names it in a way that Anki recognises, or if its name begins with `_` or
`latex-`. https://docs.ankiweb.net/media.html
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckgen.diagnostic import Severity
from deckgen.inspection.fault import Fault, error, of_type, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen.apkg import Note, Package

LARGEST_SYNCED = 100 << 20
LONGEST_NAME = 120
MEDIA_TAG = re.compile(
    r"""<(?:img|audio|video|source)\b[^<>]*?\ssrc\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)"""
    r"""|<object\b[^<>]*?\sdata\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)""",
    re.IGNORECASE,
)
SOUND = re.compile(r"\[sound:([^\[\]]*)\]", re.IGNORECASE)
UNSEEN = re.compile(
    r"""<(?:iframe|embed|script|link)\b[^<>]*?\s(?:src|href)\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)"""
    r"""|\bsrcset\s*=\s*("[^"<>]*"|'[^'<>]*')|\burl\(\s*([^()<>]{1,300})\)""",
    re.IGNORECASE,
)
TEMPLATE_NAME = re.compile(
    r"""\b(?:src|href|data)\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)|\burl\(\s*([^()<>]{1,300})\)"""
    r"""|@import\s+("[^"]*"|'[^']*')|\[sound:([^\[\]]*)\]""",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\?|$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MediaUse:
    """Media by name: `used` by notes or templates, `unused`, `missing` from the package, too `large`."""

    used: tuple[str, ...]
    unused: tuple[str, ...]
    missing: tuple[str, ...]
    large: tuple[str, ...]


def media_use(package: Package) -> MediaUse:
    """How the names in fields, templates and CSS meet the files of the package."""
    named = {name for _, name in _field_names(package)} | {name for _, name in _template_names(package)}
    have = {name for name, file in package.media.items() if file.present}
    fixed = {name for name in have if name.startswith(("_", "latex-"))}
    local = {name for name in named if "{{" not in name}
    return MediaUse(
        used=tuple(sorted(have & named)),
        unused=tuple(sorted(have - named - fixed)),
        missing=tuple(sorted(local - have)),
        large=tuple(sorted(name for name in have if package.media[name].size > LARGEST_SYNCED)),
    )


def media_faults(package: Package, use: MediaUse) -> Iterator[Fault]:
    """Faults of media names and files."""
    missing = set(use.missing)
    for note, name in _field_names(package):
        if name in missing:
            yield error("media-missing", f"the media file {name!r} is not in the package", note)
    yield from _template_faults(package, missing)
    yield from _unseen_faults(package)
    for name in use.unused:
        yield warning("media-unused", f"nothing uses {name!r}")
    for name in use.large:
        yield warning("media-large", f"{name!r} is over 100 MiB, which AnkiWeb does not sync")
    for name in package.media:
        if len(name.encode()) > LONGEST_NAME:
            yield warning("media-name-long", f"Anki shortens {name!r} to {LONGEST_NAME} bytes")
    for name, count in Counter(name.casefold() for name in package.media).items():
        if count > 1:
            yield warning("media-case", f"{count} files differ from {name!r} in case only")


def _template_faults(package: Package, missing: set[str]) -> Iterator[Fault]:
    types = {kind.id: kind for kind in package.note_types.values()}
    for number, name in sorted(set(_template_names(package))):
        if "{{" in name:
            continue
        if not name.startswith("_"):
            text = f"a template or its CSS names {name!r}; Anki brings along only names with '_' in front"
            yield of_type(Severity.ERROR, "template-media", text, types[number])
        elif name in missing:
            text = f"a template or its CSS names {name!r}, which is not in the package"
            yield of_type(Severity.ERROR, "media-missing", text, types[number])


def _unseen_faults(package: Package) -> Iterator[Fault]:
    """Names in places where Anki does not look, of files that nothing else brings along."""
    seen: dict[int, set[str]] = defaultdict(set)
    for note, name in _field_names(package):
        seen[note.id].add(name)
    for note in package.notes:
        for field in (text for text in note.fields if "<" in text):
            for match in UNSEEN.finditer(field):
                name = _name(next(filter(None, match.groups())).split(" ")[0])
                if name in package.media and name not in seen[note.id] and not name.startswith("_"):
                    yield error("media-not-seen", f"Anki does not see that {name!r} is used", note)


def field_media(text: str) -> Iterator[str]:
    """The media names that Anki recognises in a field, addresses elsewhere left out."""
    if "<" in text:
        for match in MEDIA_TAG.finditer(text):
            name = _name(match[1] or match[2])
            if not ELSEWHERE.match(name):
                yield name
    if "[" in text:
        for match in SOUND.finditer(text):
            yield html.unescape(match[1])


def template_media(text: str) -> Iterator[str]:
    """The local files that a template or CSS names."""
    for match in TEMPLATE_NAME.finditer(text):
        name = _name(next(filter(None, match.groups()), ""))
        if not ELSEWHERE.match(name):
            yield name


def _field_names(package: Package) -> Iterator[tuple[Note, str]]:
    """Each note with each media name in its fields, once."""
    for note in package.notes:
        for name in dict.fromkeys(name for field in note.fields for name in field_media(field)):
            yield note, name


def _template_names(package: Package) -> Iterator[tuple[int, str]]:
    """Note type id and each local file that its templates or CSS name."""
    for kind in package.note_types.values():
        for text in (kind.css, *(text for t in kind.templates for text in (t.front, t.back))):
            for name in template_media(text):
                yield kind.id, name


def _name(written: str) -> str:
    return html.unescape(written.strip().strip("\"'"))
