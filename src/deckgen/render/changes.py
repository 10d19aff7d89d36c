"""A difference as text for a terminal, as Markdown for release notes, and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from deckgen.diff import Change, Difference, What, of_kind
from deckgen.render.text import Style, printable

_HEADINGS = {
    What.ADDED: "Added",
    What.WITHDRAWN: "Withdrawn",
    What.ANSWER_CHANGED: "Answer changed",
    What.REWORDED: "Reworded",
    What.MOVED: "Moved (cards that learners have stay where they are)",
    What.RENAMED: "Renamed (nothing changes for learners)",
    What.DETAILS: "Explanations, sources and other details",
    What.REMOVED: "Gone from the package (learners keep them unchanged)",
}
_LONG = 100


def as_text(difference: Difference, *, colour: bool = False) -> str:
    """Readable on a terminal."""
    style = Style(colour)
    lines = [f"{printable(difference.old)} → {printable(difference.new)}"]
    for what, heading in _HEADINGS.items():
        changes = of_kind(difference.changes, what)
        if changes:
            lines += ["", style(f"{heading}: {len(changes)}", "1")]
            lines += [f"  {printable(line)}" for change in changes for line in _lines(change)]
    if difference.searches:
        lines += ["", "Cards whose answer changed, in Anki's browser: " + " or ".join(difference.searches)]
    if not difference.changes:
        lines += ["", "no difference"]
    return "\n".join(lines) + "\n"


def _lines(change: Change) -> Iterator[str]:
    yield f"{change.id}: {_short(change.title)}"
    if change.what is What.DETAILS:
        yield f"    {', '.join(change.fields)}"
    elif change.before != change.after and (change.before or change.after):
        if change.before:
            yield f"    - {_short(change.before)}"
        yield f"    + {_short(change.after)}"
    for card in change.cards:
        if change.what is not What.ADDED:
            yield f"    c{card.number} {'is new' if card.what == 'new' else 'is retired'}: {_short(card.answer)}"


def as_markdown(difference: Difference) -> str:
    """Fit for release notes."""
    lines: list[str] = []
    for deck, before, after in difference.versions:
        if after and before != after:
            lines += [f"## {_safe(deck)} {_safe(after)}", ""]
    for what, heading in _HEADINGS.items():
        changes = of_kind(difference.changes, what)
        if changes:
            lines += [f"### {heading}", "", *(_item(change) for change in changes), ""]
            if what is What.ANSWER_CHANGED and difference.searches:
                lines += [
                    "Find these cards in Anki's browser, to reset them if you like:",
                    "",
                    *(f"    {search}" for search in difference.searches),
                    "",
                ]
    if not difference.changes:
        lines += ["No change for learners.", ""]
    return "\n".join(lines)


def _item(change: Change) -> str:
    text = f"- {_safe(_short(change.title))} (`{change.id}`)"
    if change.what is What.DETAILS:
        text += f": {', '.join(change.fields)}"
    elif change.what in (What.ANSWER_CHANGED, What.MOVED, What.RENAMED):
        text += f": {_safe(_short(change.before))} → {_safe(_short(change.after))}"
    elif change.what is What.WITHDRAWN and change.after:
        text += f": {_safe(_short(change.after))}"
    if change.what is not What.ADDED:
        text += "".join(
            f"; {'new' if card.what == 'new' else 'no longer asked'}: {_safe(_short(card.answer))}"
            for card in change.cards
        )
    return text


def as_json(difference: Difference) -> str:
    """Everything, for programs."""
    value = {
        "old": difference.old,
        "new": difference.new,
        "versions": {deck: {"old": before, "new": after} for deck, before, after in difference.versions},
        "counts": {str(what): len(of_kind(difference.changes, what)) for what in What},
        "changes": [
            {
                "what": str(change.what),
                "deck": change.deck,
                "id": change.id,
                "title": change.title,
                "before": change.before,
                "after": change.after,
                "cards": [{"what": card.what, "number": card.number, "answer": card.answer} for card in change.cards],
                "fields": list(change.fields),
            }
            for change in difference.changes
        ],
        "searches": list(difference.searches),
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG else flat[: _LONG - 1] + "…"


def _safe(text: str) -> str:
    """Plain text inside Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)
