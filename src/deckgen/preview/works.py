"""The page of the works that a deck cites, with the entries that rest on each."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Sequence

from deckgen.bank import Bank, Work
from deckgen.names import is_web_address
from deckgen.preview.entries import EntryView
from deckgen.preview.pages import Frame, header, page
from deckgen.spec import WORK_KINDS

_KINDS = {
    "label": "Labels",
    "regulator": "Regulators",
    "trial": "Trials",
    "review": "Reviews",
    "qa-page": "Question pages",
    "ai-synthesis": "Written by machines",
}
_FOLDED = 12
"""With more entries than this, a work's list is folded."""
Citing = dict[str, list[tuple[EntryView, str]]]


def sources_page(frame: Frame, bank: Bank, views: Sequence[EntryView]) -> bytes:
    """The page; works by kind, the most trusted kind first, then by title."""
    citing: Citing = defaultdict(list)
    for view in views:
        places: dict[str, list[str]] = defaultdict(list)
        for citation in view.entry.sources:
            places[citation.key].append(citation.place)
        for key, found in places.items():
            citing[key].append((view, ", ".join(filter(None, found))))
    groups: dict[str, list[tuple[str, Work]]] = {kind: [] for kind in (*WORK_KINDS, "")}
    for key, work in sorted(bank.works.items(), key=lambda pair: (_title(*pair).casefold(), pair[0])):
        groups[work.kind.value if work.kind else ""].append((key, work))
    parts = [
        f"<section><h2>{_KINDS.get(kind, 'Other works')}</h2>{''.join(_work(key, work, citing) for key, work in works)}"
        "</section>"
        for kind, works in groups.items()
        if works
    ]
    uncited = sum(key not in citing for key in bank.works)
    lead = f"{len(bank.works):,} works" + (f", {uncited:,} of them not cited" if uncited else "")
    body = (
        f'{header(frame, "sources")}<main id="_main" class="sheet" tabindex="-1"><h1>Sources</h1>'
        f'<p class="lead">{lead}.</p>{"".join(parts)}</main>'
    )
    return page(frame, "sources", f"{frame.name}: sources", body)


def _title(key: str, work: Work) -> str:
    return work.title.value if work.title else key


def _work(key: str, work: Work, citing: Citing) -> str:
    title = html.escape(_title(key, work))
    if work.url is not None and is_web_address(work.url.value):
        title = f'<a href="{html.escape(work.url.value)}" target="_blank" rel="noopener">{title}</a>'
    facts = [html.escape(node.value) for node in (work.publisher, work.date) if node is not None]
    facts += [f"rank {html.escape(work.rank.value)}"] if work.rank else []
    facts += ["read at second hand"] if work.secondhand else []
    facts.append(f"<code>{html.escape(key)}</code>")
    note = f'<p class="note" dir="auto">{html.escape(work.note.value)}</p>' if work.note else ""
    return (
        f'<article id="{html.escape(key)}" class="work"><h3 dir="auto">{title}</h3>'
        f'<p class="facts">{", ".join(facts)}</p>{note}{_entries(citing.get(key, []))}</article>'
    )


def _entries(citing: Sequence[tuple[EntryView, str]]) -> str:
    if not citing:
        return '<p class="uncited">Cited by no entry.</p>'
    items = "".join(
        f'<li dir="auto"><a href="index.html#{html.escape(view.id)}">{html.escape(view.title)}</a>'
        f"{f' <span class=place>{html.escape(place)}</span>' if place else ''}</li>"
        for view, place in citing
    )
    count = "1 entry" if len(citing) == 1 else f"{len(citing):,} entries"
    state = "" if len(citing) > _FOLDED else " open"
    return f"<details{state}><summary>{count}</summary><ul>{items}</ul></details>"
