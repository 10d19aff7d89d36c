"""The reading view: a whole deck as one page to read, to print, or to test oneself with the answers covered.

It needs no script; three boxes to tick work by styles alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from deckgen.anki_filters import apply_filters
from deckgen.markup import encode
from deckgen.preview.cards import with_players
from deckgen.preview.entries import EntryView
from deckgen.preview.formulas import with_mathml
from deckgen.preview.pages import Frame, header, page

_MEDIA = re.compile(r'(<(?:img|audio controls) src=")(?=[^"])')
_TABLE = re.compile(r"<table>")


def reading_page(frame: Frame, views: Sequence[EntryView]) -> bytes:
    """The page; entries with errors and withdrawn ones are left out."""
    shown = [view for view in views if view.fields is not None and view.entry.withdrawn is None]
    topics = [(name, list(group)) for name, group in groupby(shown, key=lambda view: view.topic.name.value)]
    index = "".join(
        f'<li><a href="#topic.{n}">{html.escape(name)}</a> <span class="count">{len(group):,}</span></li>'
        for n, (name, group) in enumerate(topics, 1)
    )
    contents = f'<nav aria-label="Topics" class="contents"><ul>{index}</ul></nav>' if len(topics) > 1 else ""
    parts = [
        f'<section class="topic" aria-labelledby="topic.{n}"><h2 id="topic.{n}" dir="auto">{html.escape(name)}</h2>'
        f"{''.join(map(_entry, group))}</section>"
        for n, (name, group) in enumerate(topics, 1)
    ]
    body = (
        f'{header(frame, "reading")}<main id="_main" class="sheet" tabindex="-1">'
        f'<h1 dir="auto">{html.escape(frame.name)}</h1>'
        f'<p class="lead">{len(shown):,} entries to read or to print.</p>'
        '<fieldset class="shown"><legend class="unseen">What to show</legend>'
        '<label><input type="checkbox" id="_cover"> Cover the answers</label> '
        '<label><input type="checkbox" id="_explain" checked> Explanations</label> '
        '<label><input type="checkbox" id="_cite" checked> Sources</label></fieldset>'
        f"{contents}{''.join(parts)}</main>"
    )
    return page(frame, "reading", f"{frame.name}: reading", body)


def _entry(view: EntryView) -> str:
    fields = view.fields or {}
    body = "".join(_body(view))
    for name, kind in (("Image", "image"), ("Explanation", "explanation")):
        if fields[name]:
            body += f'<div class="{kind}" dir="auto">{fields[name]}</div>'
    marks = "".join(
        f"<span>{before}{encode(fields[name])}</span> "
        for name, before in (("Region", ""), ("AsOf", "as of "), ("ReviewBy", "review by "))
        if fields[name]
    )
    sources = f'<div class="sources">{fields["Sources"]}</div>' if fields["Sources"] else ""
    foot = f"<footer>{sources}{f'<p class=marks>{marks}</p>' if marks else ''}</footer>" if sources or marks else ""
    name = html.escape(view.id)
    whole = _TABLE.sub('<table tabindex="0">', _MEDIA.sub(r"\1media/", with_players(with_mathml(body))))
    link = f'<a class="to" href="index.html#{name}">{name}</a>'
    return f'<article id="{name}" class="{view.entry.kind}">{whole}{foot}{link}</article>'


def _body(view: EntryView) -> Iterator[str]:
    fields = view.fields or {}
    kind = view.note.type_key if view.note else ""
    if kind == "cloze":
        yield f'<div class="text" dir="auto">{_revealed(view, "Text")}</div>'
        return
    yield f'<div class="question" dir="auto">{fields["Question"]}</div>'
    if kind == "basic":
        yield f'<div class="answer" dir="auto">{fields["Answer"]}</div>'
    elif kind == "choice":
        yield f'<div class="choices" dir="auto">{fields["Review"]}</div>'
    elif kind == "ordered":
        yield f'<div class="content" dir="auto">{_revealed(view, "Content")}</div>'


def _revealed(view: EntryView, name: str) -> str:
    """A cloze field with every answer in a span of its own, as on the back of one of its cards."""
    assert view.note is not None
    number = view.note.record.answers[0].number
    return apply_filters((view.fields or {})[name], name, ("cloze",), number, hidden=False)
