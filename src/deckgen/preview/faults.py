"""The page of all diagnostics of a deck, by file."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from itertools import groupby

from deckgen.diagnostic import Diagnostic, summary
from deckgen.preview.excerpt import excerpt
from deckgen.preview.pages import Frame, header, page


def diagnostics_page(frame: Frame, has_page: Callable[[str], bool]) -> bytes:
    """The page; ``has_page`` says whether an entry can be linked to."""
    files = groupby(frame.diagnostics, key=lambda found: found.span.source.path)
    parts = [
        f"<section><h2><code>{html.escape(path)}</code></h2>"
        f"{''.join(_one(found, has_page) for found in group)}</section>"
        for path, group in files
    ]
    said = summary(frame.diagnostics)
    body = (
        f'{header(frame, "diagnostics")}<main id="_main" class="sheet" tabindex="-1"><h1>Diagnostics</h1>'
        f'<p class="lead">{html.escape(said[0].upper() + said[1:])}.</p>{"".join(parts)}</main>'
    )
    return page(frame, "diagnostics", f"{frame.name}: diagnostics", body)


def _one(found: Diagnostic, has_page: Callable[[str], bool]) -> str:
    shown = excerpt(found.span)
    entry = found.entry
    of = f' <a href="index.html#{html.escape(entry)}">{html.escape(entry)}</a>' if entry and has_page(entry) else ""
    return (
        f'<article class="diagnostic {found.severity}"><p class="what"><span class="severity">{found.severity}</span> '
        f"{html.escape(found.message)}</p>{code_line(shown.before, shown.marked, shown.after)}"
        f"{''.join(_labels(found))}{_help(found.help)}"
        f'<p class="where"><code>{html.escape(shown.place)}</code> <code>{html.escape(found.code)}</code>{of}</p>'
        "</article>"
    )


def code_line(before: str, marked: str, after: str) -> str:
    """A line of a bank with the text at fault marked; nothing for an empty one."""
    if not (before or marked or after):
        return ""
    mark = f"<mark>{html.escape(marked)}</mark>" if marked else ""
    return f'<pre dir="ltr"><code>{html.escape(before)}{mark}{html.escape(after)}</code></pre>'


def _labels(found: Diagnostic) -> Iterable[str]:
    for label in found.labels:
        place = html.escape(excerpt(label.span).place)
        yield f'<p class="label">{html.escape(label.message)}: <code>{place}</code></p>'


def _help(text: str | None) -> str:
    return f'<p class="help">{html.escape(text)}</p>' if text else ""
