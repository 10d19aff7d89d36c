"""Names people type: ids made from texts, the nearest known name for a misspelt one, web addresses."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID = 100
_LINK = re.compile(r"https?", re.IGNORECASE)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one most likely means, if one is close enough."""
    folded = {name.casefold().replace("_", "-"): name for name in known}
    close = difflib.get_close_matches(word.casefold().replace("_", "-"), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def slug(text: str) -> str:
    """A kebab-case id made from the first words of a text in any script; ``entry`` if it has no letters or digits."""
    from anyascii import anyascii  # noqa: PLC0415 - most runs make no id, and it takes a while to import

    words = re.findall(r"[a-z0-9]+", anyascii(text).lower())
    return "-".join(words[:6])[:60].strip("-") or "entry"


def is_web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host and without blanks or control characters."""
    if re.search(r"[\s\x00-\x1f<>\"]", text):
        return False
    try:
        parts = urlsplit(text)
        return bool(_LINK.fullmatch(parts.scheme)) and bool(parts.hostname)
    except ValueError:
        return False
