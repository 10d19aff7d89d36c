"""The references at the foot of a card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deckgen.bank import Citation, Work
from deckgen.markup import attribute, encode


class References:
    """The references of entries; many entries cite the same, so each list is written once."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        self.works = works
        self.written: dict[tuple[str, ...], str] = {(): ""}

    def html(self, citations: Sequence[Citation]) -> str:
        """A list of the works cited, each with publisher, date and the place in it."""
        key = tuple([citation.node.value for citation in citations])
        found = self.written.get(key)
        if found is None:
            found = self.written[key] = sources_html(citations, self.works)
        return found


def sources_html(citations: Sequence[Citation], works: Mapping[str, Work]) -> str:
    """A list of the works cited, each with publisher, date and the place in it."""
    items = []
    for citation in citations:
        work = works.get(citation.key)
        if work is None:
            continue
        title = encode(work.title.value if work.title else citation.key)
        if work.url is not None:
            title = f'<a href="{attribute(work.url.value)}">{title}</a>'
        rest = [encode(part.value) for part in (work.publisher, work.date) if part is not None]
        rest += [encode(citation.place)] if citation.place else []
        items.append(f"<li>{', '.join([title, *rest])}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""
